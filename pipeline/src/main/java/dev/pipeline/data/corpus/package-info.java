/** Writes the text a base model is pre-trained on, from hand-written grammars and a seed. */
@NullMarked
package dev.pipeline.data.corpus;

import org.jspecify.annotations.NullMarked;
