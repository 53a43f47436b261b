package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the parts of a run together, in the order of the rows, and clears them away. */
final class PartMerge {
  private static final String DONE = "parts.merged";

  private final RunContext run;

  PartMerge(RunContext run) {
    this.run = run;
  }

  void merge() {
    Path parts = PartPlan.folder(run.folder());
    PartPlan plan = PartPlan.read(PartPlan.file(run.folder()));
    Path done = run.folder().resolve(DONE);
    if (Files.notExists(done)) {
      for (String file : plan.work().kind().outputs()) {
        AtomicFiles.write(run.folder().resolve(file), out -> append(plan, file, out));
      }
      // From here on a repetition finds everything made, and no part is needed any more.
      AtomicFiles.writeString(done, plan.places().size() + " parts\n");
    }
    AtomicFiles.deleteRecursively(parts);
  }

  /** Forgets an earlier merge, before rows are divided anew. */
  static void forget(Path folder) {
    AtomicFiles.deleteRecursively(folder.resolve(DONE));
  }

  private void append(PartPlan plan, String file, OutputStream out) throws IOException {
    for (Place place : plan.places()) {
      Path part = PartPlan.folder(run.folder()).resolve(place.name()).resolve(file);
      if (!Files.exists(part)) {
        throw Failure.infrastructure(
            "a finished part is gone: " + part,
            "remove " + run.folder() + " and run the same command again",
            null);
      }
      Files.copy(part, out);
    }
  }
}
