/**
 * The runs of the server: taken in, begun, resumed, stopped, each on a thread of its own. Knows no
 * HTTP and keeps no facts of its own; what it must remember are files in the run's home.
 */
@NullMarked
package dev.sluice.app.host;

import org.jspecify.annotations.NullMarked;
