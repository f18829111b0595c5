/** Facts folded into what people look at. */
@NullMarked
package dev.sluice.engine.view;

import org.jspecify.annotations.NullMarked;
