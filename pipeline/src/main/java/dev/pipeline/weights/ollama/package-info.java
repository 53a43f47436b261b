/** The files of an Ollama installation, read without its server. */
@NullMarked
package dev.pipeline.weights.ollama;

import org.jspecify.annotations.NullMarked;
