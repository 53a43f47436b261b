/** Mined rows become a content-addressed dataset version: redacted, linted, deduplicated, split. */
@NullMarked
package dev.pipeline.data.curate;

import org.jspecify.annotations.NullMarked;
