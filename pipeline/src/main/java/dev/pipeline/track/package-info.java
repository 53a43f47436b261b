/**
 * Runs as others may follow them: what a run leaves for that in its folder, and its curves as rows.
 * The files are the truth; whoever sends them elsewhere reads them from there.
 */
@NullMarked
package dev.pipeline.track;

import org.jspecify.annotations.NullMarked;
