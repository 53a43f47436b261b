/** Word lists, sentences and word folding that reading, redaction and style rules share. */
@NullMarked
package dev.pipeline.data.text;

import org.jspecify.annotations.NullMarked;
