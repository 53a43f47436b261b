/** Model weights in files: safetensors and GGUF, checked before anything is allocated. */
@NullMarked
package dev.pipeline.weights;

import org.jspecify.annotations.NullMarked;
