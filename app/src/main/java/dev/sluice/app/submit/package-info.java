/**
 * Workflow folders on their way to a server: what of one is packed, and what of an upload is
 * trusted. Packing runs where the user is, unpacking in the server; neither speaks HTTP.
 */
@NullMarked
package dev.sluice.app.submit;

import org.jspecify.annotations.NullMarked;
