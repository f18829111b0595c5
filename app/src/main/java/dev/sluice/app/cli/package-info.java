/**
 * The command line. In: the words of a user; out: settings for the engine, and text on the
 * terminal. Parses, asks and prints; decides nothing about a run.
 */
@NullMarked
package dev.sluice.app.cli;

import org.jspecify.annotations.NullMarked;
