/** What the server's owner may set, as values, and the file in which it stands. Acts on nothing. */
@NullMarked
package dev.sluice.app.settings;

import org.jspecify.annotations.NullMarked;
