/**
 * Weights &amp; Biases over HTTP, as its published client speaks: runs and files by GraphQL,
 * metrics by its file stream, whose lines are numbered, so that what was sent twice stands there
 * once.
 *
 * @see <a href="https://github.com/wandb/wandb/tree/main/core">the published client</a>
 */
@NullMarked
package dev.pipeline.track.wandb;

import org.jspecify.annotations.NullMarked;
