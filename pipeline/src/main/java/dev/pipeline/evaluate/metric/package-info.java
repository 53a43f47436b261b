/**
 * Metrics over judged answers, one file each: {@code samples -> score with a 95 % interval and n}.
 */
@NullMarked
package dev.pipeline.evaluate.metric;

import org.jspecify.annotations.NullMarked;
