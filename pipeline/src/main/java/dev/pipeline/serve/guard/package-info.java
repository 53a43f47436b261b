/** Who may ask, and what answers may do in a browser. */
@NullMarked
package dev.pipeline.serve.guard;

import org.jspecify.annotations.NullMarked;
