/**
 * Chat templates, tokenising and loss masks: the one renderer for training, evaluation, GGUF and
 * Ollama.
 */
@NullMarked
package dev.pipeline.chat;

import org.jspecify.annotations.NullMarked;
