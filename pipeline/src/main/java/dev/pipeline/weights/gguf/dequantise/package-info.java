/** GGUF's block formats turned into float32, bit for bit as llama.cpp does. */
@NullMarked
package dev.pipeline.weights.gguf.dequantise;

import org.jspecify.annotations.NullMarked;
