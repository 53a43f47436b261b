/** llama.cpp in a child JVM, so that a crash of native code never takes the job with it. */
@NullMarked
package dev.pipeline.export.llama;

import org.jspecify.annotations.NullMarked;
