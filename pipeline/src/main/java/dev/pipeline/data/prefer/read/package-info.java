/** Raw lines of review notes, red-team transcripts and feedback become pairs. */
@NullMarked
package dev.pipeline.data.prefer.read;

import org.jspecify.annotations.NullMarked;
