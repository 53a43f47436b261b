/** Speaks Ollama's HTTP interface; knows nothing of packages and gates. */
@NullMarked
package dev.pipeline.release.ollama;

import org.jspecify.annotations.NullMarked;
