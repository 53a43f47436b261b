/** Text as vectors, so that what means the same lies close together. */
@NullMarked
package dev.pipeline.embed;

import org.jspecify.annotations.NullMarked;
