/** Exact and near duplicates by hash, MinHash and exact Jaccard similarity. */
@NullMarked
package dev.pipeline.data.dedup;

import org.jspecify.annotations.NullMarked;
