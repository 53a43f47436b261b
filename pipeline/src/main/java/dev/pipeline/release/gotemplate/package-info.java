/**
 * As much of Go's {@code text/template} as chat templates use, after its documentation; knows
 * nothing of models. What it does not know it refuses by name, so that nothing is rendered
 * otherwise than Go would.
 */
@NullMarked
package dev.pipeline.release.gotemplate;

import org.jspecify.annotations.NullMarked;
