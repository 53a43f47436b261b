/**
 * What people say about a released model's answers: read strictly, redacted before anything is
 * written, kept once, and turned into the next preference pairs and candidate rows.
 */
@NullMarked
package dev.pipeline.data.feedback;

import org.jspecify.annotations.NullMarked;
