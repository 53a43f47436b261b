/**
 * Raw JSON lines in several shapes become conversations; a line that cannot is kept with its
 * reason.
 */
@NullMarked
package dev.pipeline.data.read;

import org.jspecify.annotations.NullMarked;
