/**
 * The catalogue of the server's runs: what lists and searches need, in H2. Projections of files of
 * the runs only; a catalogue that is lost is made anew from them.
 */
@NullMarked
package dev.sluice.app.catalogue;

import org.jspecify.annotations.NullMarked;
