/**
 * What agents may ask about plans, runs, datasets, gates and releases, by the Model Context
 * Protocol.
 */
@NullMarked
package dev.pipeline.mcp;

import org.jspecify.annotations.NullMarked;
