/** Finds the first stage on the way from training to serving that changes what a model says. */
@NullMarked
package dev.pipeline.evaluate.stage;

import org.jspecify.annotations.NullMarked;
