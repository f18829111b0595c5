/**
 * What is said to the user about a mistake. Comes in: codes, places and words of every stage; goes
 * out: the text of a message, and the page that lists all codes.
 */
@NullMarked
package dev.sluice.dsl.diagnostic;

import org.jspecify.annotations.NullMarked;
