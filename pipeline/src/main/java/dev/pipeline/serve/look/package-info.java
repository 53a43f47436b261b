/** What pages and REST show of datasets, drift and releases; looking changes nothing. */
@NullMarked
package dev.pipeline.serve.look;

import org.jspecify.annotations.NullMarked;
