/** Good answers spoilt by rule, one failure a file, so that each failure has its pairs. */
@NullMarked
package dev.pipeline.data.prefer.corrupt;

import org.jspecify.annotations.NullMarked;
