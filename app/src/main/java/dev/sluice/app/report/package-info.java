/**
 * A run as one HTML file that needs no server: made from its journal and plan, with the page's own
 * modules inside. Only reads the run; loads nothing of the controller.
 */
@NullMarked
package dev.sluice.app.report;

import org.jspecify.annotations.NullMarked;
