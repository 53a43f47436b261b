/**
 * Conversations and the training rows made of them, as records, and the JSON lines files that hold
 * them.
 */
@NullMarked
package dev.pipeline.data;

import org.jspecify.annotations.NullMarked;
