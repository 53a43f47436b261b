/** What an answer may not hold, one file a probe. */
@NullMarked
package dev.pipeline.evaluate.probe;

import org.jspecify.annotations.NullMarked;
