/**
 * File patterns with wildcards. In: patterns as the rules write them; out: which pattern matches a
 * path, and with which wildcards, exactly as Python's {@code re} would have it.
 */
@NullMarked
package dev.sluice.engine.pattern;

import org.jspecify.annotations.NullMarked;
