/** Brings models from a Hugging Face hub: lists, downloads, resumes, verifies, publishes. */
@NullMarked
package dev.pipeline.fetch;

import org.jspecify.annotations.NullMarked;
