/** Sets of prompts with rules of their own, one file a suite and one a rule. */
@NullMarked
package dev.pipeline.evaluate.suite;

import org.jspecify.annotations.NullMarked;
