/** Runs handed to a cluster: the same command, started by Slurm or Kubernetes. */
@NullMarked
package dev.pipeline.schedule.launch;

import org.jspecify.annotations.NullMarked;
