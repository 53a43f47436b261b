/** Pairs become a content-addressed dataset version: redacted, tagged, deduplicated, split. */
@NullMarked
package dev.pipeline.data.prefer.assemble;

import org.jspecify.annotations.NullMarked;
