/** What every command says, and how it ends: streams, errors in one shape, exit codes. */
@NullMarked
package dev.sluice.app.console;

import org.jspecify.annotations.NullMarked;
