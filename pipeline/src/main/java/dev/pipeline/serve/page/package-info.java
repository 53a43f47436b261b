/** Pages without a framework: HTML from templates, a little script of our own. */
@NullMarked
package dev.pipeline.serve.page;

import org.jspecify.annotations.NullMarked;
