/**
 * {@code sluice serve}: puts the controller's parts together on one port. Decides nothing of runs.
 */
@NullMarked
package dev.sluice.app.serve;

import org.jspecify.annotations.NullMarked;
