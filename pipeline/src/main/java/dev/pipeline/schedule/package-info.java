/**
 * When the model is looked at and trained anew, told to systemd, cron or Kubernetes in their own
 * words.
 */
@NullMarked
package dev.pipeline.schedule;

import org.jspecify.annotations.NullMarked;
