/** Safetensors files and folders, memory-mapped for reading and streamed for writing. */
@NullMarked
package dev.pipeline.weights.safetensors;

import org.jspecify.annotations.NullMarked;
