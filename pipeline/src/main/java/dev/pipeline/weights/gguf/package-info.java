/** GGUF files, the format of llama.cpp: memory-mapped for reading, streamed for writing. */
@NullMarked
package dev.pipeline.weights.gguf;

import org.jspecify.annotations.NullMarked;
