/**
 * Commands of the command line, carried out where the runs are: words come in over HTTP, what the
 * command prints goes out as lines of JSON while it prints. Decides nothing of a run itself.
 */
@NullMarked
package dev.sluice.app.says;

import org.jspecify.annotations.NullMarked;
