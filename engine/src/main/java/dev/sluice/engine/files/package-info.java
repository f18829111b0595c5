/** The port through which planning asks for facts about files, and its adapter to the disk. */
@NullMarked
package dev.sluice.engine.files;

import org.jspecify.annotations.NullMarked;
