/**
 * From a row to the model that serves, and back: a graph of what was made of what, read from the
 * manifests that every step leaves, with the files that prove it.
 */
@NullMarked
package dev.pipeline.lineage;

import org.jspecify.annotations.NullMarked;
