/**
 * The command line's side of a server: commands that are carried out there, and workflows that are
 * sent there. Only the JDK's HTTP; knows nothing of how a server is made.
 */
@NullMarked
package dev.sluice.app.remote;

import org.jspecify.annotations.NullMarked;
