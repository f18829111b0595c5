/** Who asks, and what they may do. Logins and projects will come here; the rest only asks. */
@NullMarked
package dev.sluice.app.access;

import org.jspecify.annotations.NullMarked;
