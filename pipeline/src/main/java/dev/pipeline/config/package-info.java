/**
 * Configuration: YAML files become immutable records that refuse bad values by file, line and key.
 */
@NullMarked
package dev.pipeline.config;

import org.jspecify.annotations.NullMarked;
