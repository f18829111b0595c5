/** Tests of the local executor: real processes under a real supervisor. */
@NullMarked
package dev.sluice.executor.local;

import org.jspecify.annotations.NullMarked;
