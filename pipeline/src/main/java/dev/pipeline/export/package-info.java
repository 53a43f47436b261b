/** Turns weights into what is served: quantised GGUF files that llama.cpp is seen to load. */
@NullMarked
package dev.pipeline.export;

import org.jspecify.annotations.NullMarked;
