/** Tests of the small parts of a run; whole runs are tested with an executor. */
@NullMarked
package dev.sluice.engine.run;

import org.jspecify.annotations.NullMarked;
