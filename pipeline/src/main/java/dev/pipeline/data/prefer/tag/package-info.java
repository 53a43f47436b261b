/** Rules that tell from its words what is wrong with an answer, one a file. */
@NullMarked
package dev.pipeline.data.prefer.tag;

import org.jspecify.annotations.NullMarked;
