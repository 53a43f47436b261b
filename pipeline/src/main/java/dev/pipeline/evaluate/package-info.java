/**
 * Judges the staged, quantised model on the hold-out, base against tuned, and decides whether it
 * may be published.
 */
@NullMarked
package dev.pipeline.evaluate;

import org.jspecify.annotations.NullMarked;
