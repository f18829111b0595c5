/** Text and places in it. Comes in: decoded text; goes out: spans, positions and lines. */
@NullMarked
package dev.sluice.dsl.source;

import org.jspecify.annotations.NullMarked;
