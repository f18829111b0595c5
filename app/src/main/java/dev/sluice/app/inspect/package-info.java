/**
 * Looks at a workflow and runs nothing of it: lists, graphs, tables, hints, and the removal of what
 * it made. In: a rule book or a plan; out: text, or files that are gone.
 */
@NullMarked
package dev.sluice.app.inspect;

import org.jspecify.annotations.NullMarked;
