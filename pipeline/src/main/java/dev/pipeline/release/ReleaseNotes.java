package dev.pipeline.release;

import dev.pipeline.io.ExclusiveFile;
import java.nio.file.Path;

/** What is found out about a release after it came to serve. */
public final class ReleaseNotes {
  private final ReleaseFolders folders;

  /** Notes to the releases in {@code modelFolder}. */
  public ReleaseNotes(Path modelFolder) {
    this.folders = new ReleaseFolders(modelFolder);
  }

  /**
   * Keeps the plan that was recorded of {@code version} beside it; one that was pruned has none.
   */
  public void keepPlan(int version, String plan) {
    new ExclusiveFile(folders.lock())
        .hold(
            () -> {
              new ReleaseStore(folders.model()).keepPlan(version, plan);
              return version;
            });
  }
}
