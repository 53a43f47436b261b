/** Decoder architectures, their weights in the engine, and LoRA on top of them. */
@NullMarked
package dev.pipeline.model;

import org.jspecify.annotations.NullMarked;
