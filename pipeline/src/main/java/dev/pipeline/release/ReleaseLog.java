package dev.pipeline.release;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code releases.json}: every release of one model, oldest first; the last one is current. */
public final class ReleaseLog {
  private final Path file;

  /** The log in {@code modelFolder}, such as {@code artifacts/phi4-joshi}. */
  public ReleaseLog(Path modelFolder) {
    this.file = modelFolder.resolve("releases.json");
  }

  /** Every release, oldest first; empty before the first. */
  public List<Release> all() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Json.parse(Files.readString(file), Content.class, file.toString()).releases();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + e.getMessage(), "check its permissions", e);
    }
  }

  /** The release that is published now. */
  public Optional<Release> current() {
    List<Release> releases = all();
    return releases.isEmpty() ? Optional.empty() : Optional.of(releases.get(releases.size() - 1));
  }

  void append(Release release) {
    List<Release> releases = new ArrayList<>(all());
    releases.add(release);
    AtomicFiles.writeString(file, Json.pretty(new Content(releases)));
  }

  private record Content(List<Release> releases) {
    Content {
      releases = List.copyOf(releases);
    }
  }
}
