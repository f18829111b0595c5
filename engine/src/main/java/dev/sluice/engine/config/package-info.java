/**
 * Config files and schemas. In: the text of a file; out: values, exactly as PyYAML and {@code json}
 * read them, and what a JSON schema has to say about them. Files other than schemas that refer to
 * each other are read elsewhere.
 */
@NullMarked
package dev.sluice.engine.config;

import org.jspecify.annotations.NullMarked;
