/** REST: what lies on the disk, as JSON, and feedback on its way in. */
@NullMarked
package dev.pipeline.serve.api;

import org.jspecify.annotations.NullMarked;
