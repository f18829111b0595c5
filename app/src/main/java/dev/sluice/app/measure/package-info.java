/** Figures for Prometheus: a projection of facts and of what engines say of their own work. */
@NullMarked
package dev.sluice.app.measure;

import org.jspecify.annotations.NullMarked;
