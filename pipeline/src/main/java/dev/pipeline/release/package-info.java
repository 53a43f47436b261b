/**
 * Publishes a package that passed its gate, describes it in a Modelfile and registers it with
 * Ollama.
 */
@NullMarked
package dev.pipeline.release;

import org.jspecify.annotations.NullMarked;
