/** From a rule book, targets and facts to the plan: jobs, edges, reasons. */
@NullMarked
package dev.sluice.engine.plan;

import org.jspecify.annotations.NullMarked;
