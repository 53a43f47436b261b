/** Tokenizers turned back from a GGUF file's keys into what Hugging Face keeps in a folder. */
@NullMarked
package dev.pipeline.weights.gguf.tokenizer;

import org.jspecify.annotations.NullMarked;
