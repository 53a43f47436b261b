/** What a set of pairs must be warned of before anything learns from it, one rule a file. */
@NullMarked
package dev.pipeline.data.prefer.lint;

import org.jspecify.annotations.NullMarked;
