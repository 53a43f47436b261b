/** Conversations with the model, kept in a database, one answer at a time. */
@NullMarked
package dev.pipeline.serve.chat;

import org.jspecify.annotations.NullMarked;
