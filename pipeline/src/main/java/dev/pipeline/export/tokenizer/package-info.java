/** A model folder's tokenizer in the keys of a GGUF file, as llama.cpp reads them. */
@NullMarked
package dev.pipeline.export.tokenizer;

import org.jspecify.annotations.NullMarked;
