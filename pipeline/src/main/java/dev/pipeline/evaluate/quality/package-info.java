/** What quantising costs: how far a file's predictions are from those of its F16 file. */
@NullMarked
package dev.pipeline.evaluate.quality;

import org.jspecify.annotations.NullMarked;
