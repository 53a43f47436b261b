/** The house style of an answer, one rule a file. */
@NullMarked
package dev.pipeline.data.lint;

import org.jspecify.annotations.NullMarked;
