/** Points with a vector and a payload in named collections, found again by cosine or by payload. */
@NullMarked
package dev.pipeline.vectors;

import org.jspecify.annotations.NullMarked;
