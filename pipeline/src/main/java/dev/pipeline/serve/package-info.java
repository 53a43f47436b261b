/** The service: pages, REST, health and metrics of one model on one port. */
@NullMarked
package dev.pipeline.serve;

import org.jspecify.annotations.NullMarked;
