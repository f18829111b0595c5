/** The program: the only place that knows every part. Arguments come in, an exit code goes out. */
@NullMarked
package dev.sluice.app;

import org.jspecify.annotations.NullMarked;
