/** Training: recipes, batches, gradients, AdamW, schedules and checkpoints that resume exactly. */
@NullMarked
package dev.pipeline.train;

import org.jspecify.annotations.NullMarked;
