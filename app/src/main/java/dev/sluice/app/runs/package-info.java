/** Commands over runs: they read what runs have written down, and tell runs what is wished. */
@NullMarked
package dev.sluice.app.runs;

import org.jspecify.annotations.NullMarked;
