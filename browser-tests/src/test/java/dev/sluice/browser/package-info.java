/** The web view as its readers meet it: the built server, driven by a real browser. */
@NullMarked
package dev.sluice.browser;

import org.jspecify.annotations.NullMarked;
