/** Preference losses, one file each: log-probs of two answers in, a loss and its gradient out. */
@NullMarked
package dev.pipeline.train.preference;

import org.jspecify.annotations.NullMarked;
