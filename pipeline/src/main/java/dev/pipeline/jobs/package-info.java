/** Spring Batch jobs: restartable, keyed by what goes into them, one file a job. */
@NullMarked
package dev.pipeline.jobs;

import org.jspecify.annotations.NullMarked;
