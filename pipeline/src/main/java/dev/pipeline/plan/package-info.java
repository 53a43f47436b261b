/** Plan memory: what was trained, on what, how well, and where it runs, for agents to look up. */
@NullMarked
package dev.pipeline.plan;

import org.jspecify.annotations.NullMarked;
