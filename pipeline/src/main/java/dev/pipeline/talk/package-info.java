/** Talking with a model, wherever it runs, and measuring how it bears being talked with. */
@NullMarked
package dev.pipeline.talk;

import org.jspecify.annotations.NullMarked;
