/** Collections on a Qdrant server, over gRPC. */
@NullMarked
package dev.pipeline.vectors.qdrant;

import org.jspecify.annotations.NullMarked;
