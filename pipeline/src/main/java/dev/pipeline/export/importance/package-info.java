/** How much each column of a weight matters to what its layer computes. */
@NullMarked
package dev.pipeline.export.importance;

import org.jspecify.annotations.NullMarked;
