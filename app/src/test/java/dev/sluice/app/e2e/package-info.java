/** The built program as a user meets it: processes, files, exit codes. */
@NullMarked
package dev.sluice.app.e2e;

import org.jspecify.annotations.NullMarked;
