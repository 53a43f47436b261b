package dev.pipeline.cli;

import dev.pipeline.jobs.PipelineRun;
import java.util.Iterator;

/** What may follow {@code pipeline run}; asked for only where help or completion shows it. */
final class JobNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return PipelineRun.jobs().iterator();
  }
}
