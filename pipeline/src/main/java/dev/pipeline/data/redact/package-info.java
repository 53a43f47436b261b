/**
 * Finds identifiers and exact prices in text and replaces them with typed, consistent placeholders.
 */
@NullMarked
package dev.pipeline.data.redact;

import org.jspecify.annotations.NullMarked;
