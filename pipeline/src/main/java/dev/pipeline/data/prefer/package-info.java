/** Pairs of a preferred and a rejected answer: read, judged, tagged, and written as a dataset. */
@NullMarked
package dev.pipeline.data.prefer;

import org.jspecify.annotations.NullMarked;
