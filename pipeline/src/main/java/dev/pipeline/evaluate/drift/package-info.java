/**
 * Whether the released model still sounds as it did: fixed prompts answered anew, held against
 * transcripts by a rubric of rules that a reader can follow.
 */
@NullMarked
package dev.pipeline.evaluate.drift;

import org.jspecify.annotations.NullMarked;
