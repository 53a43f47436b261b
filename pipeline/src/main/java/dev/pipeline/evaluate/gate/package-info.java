/** Whether a judged model may be released: bounds, verdict, and what a CI page shows of them. */
@NullMarked
package dev.pipeline.evaluate.gate;

import org.jspecify.annotations.NullMarked;
