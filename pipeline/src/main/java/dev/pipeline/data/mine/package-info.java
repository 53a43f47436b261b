/** Conversations become {instruction, context, ideal_answer} rows, and greetings are stripped. */
@NullMarked
package dev.pipeline.data.mine;

import org.jspecify.annotations.NullMarked;
