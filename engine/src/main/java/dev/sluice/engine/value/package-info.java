/**
 * Python values as plain data. In: what the helper reports; out: values that planning compares and
 * formats.
 */
@NullMarked
package dev.sluice.engine.value;

import org.jspecify.annotations.NullMarked;
