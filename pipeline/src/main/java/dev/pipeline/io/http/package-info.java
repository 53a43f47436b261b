/** A small HTTP server on the JDK's own, for pages and APIs that few people ask. */
@NullMarked
package dev.pipeline.io.http;

import org.jspecify.annotations.NullMarked;
