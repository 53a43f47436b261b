/** The command line: parses before anything else is loaded; one small class a verb. */
@NullMarked
package dev.pipeline.cli;

import org.jspecify.annotations.NullMarked;
