/** Words of a command line, read against a table of options. Knows no command. */
@NullMarked
package dev.sluice.app.options;

import org.jspecify.annotations.NullMarked;
