package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders of what people wrote, which nobody has redacted. */
final class OwnerOnly {
  private static final String PERMISSIONS = "rwx------";

  private OwnerOnly() {}

  /** Makes {@code folder}, or takes it, so that only its owner may look inside. */
  static void keep(Path folder) {
    try {
      Files.createDirectories(folder);
      PosixFileAttributeView view =
          Files.getFileAttributeView(folder, PosixFileAttributeView.class);
      // Without such a view, as on Windows, the permissions of the home folder must do.
      if (view != null) {
        view.setPermissions(PosixFilePermissions.fromString(PERMISSIONS));
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder, e);
    }
  }
}
