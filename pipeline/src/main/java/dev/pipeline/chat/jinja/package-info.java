/**
 * The part of Jinja that chat templates are written in, with nothing in reach but the values given.
 */
@NullMarked
package dev.pipeline.chat.jinja;

import org.jspecify.annotations.NullMarked;
