/**
 * Files that survive a crash, digests, JSON, and the one exception a user ever reads. Knows nothing
 * of the rest.
 */
@NullMarked
package dev.pipeline.io;

import org.jspecify.annotations.NullMarked;
