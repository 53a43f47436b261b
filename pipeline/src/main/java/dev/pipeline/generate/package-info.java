/** Answers from our own engine: batched, with cached keys and values, greedy or sampled. */
@NullMarked
package dev.pipeline.generate;

import org.jspecify.annotations.NullMarked;
