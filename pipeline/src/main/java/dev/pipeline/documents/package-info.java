/** Documents and code as collections that answers can be grounded in. */
@NullMarked
package dev.pipeline.documents;

import org.jspecify.annotations.NullMarked;
