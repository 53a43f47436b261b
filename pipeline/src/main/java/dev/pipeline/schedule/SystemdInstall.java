package dev.pipeline.schedule;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Units below a folder that systemd reads, and the links by which timers are enabled. */
public final class SystemdInstall {
  private static final String WANTS = "timers.target.wants";

  private final Path folder;
  private final Map<String, String> units;

  /** Those of {@code setup} in {@code folder}, such as ~/.config/systemd/user. */
  public SystemdInstall(Path folder, Setup setup) {
    this.folder = folder;
    this.units = SystemdUnits.of(setup);
  }

  /** Writes what differs; returns what changed, for people. */
  public String install() {
    StringBuilder changes = new StringBuilder();
    units.forEach(
        (name, text) -> {
          Path file = folder.resolve(name);
          String before = text(file);
          changes.append(Change.of(file.toString(), before, text));
          if (!before.equals(text)) {
            AtomicFiles.writeString(file, text);
          }
          if (name.endsWith(".timer")) {
            link(name);
          }
        });
    return changes.toString();
  }

  /** Takes away what {@link #install} wrote and nobody edited; returns what changed, for people. */
  public String remove() {
    StringBuilder changes = new StringBuilder();
    units.forEach(
        (name, text) -> {
          Path file = folder.resolve(name);
          String there = text(file);
          AtomicFiles.deleteRecursively(wanted(name));
          if (SystemdUnits.isUntouched(there)) {
            changes.append(Change.of(file.toString(), there, ""));
            AtomicFiles.deleteRecursively(file);
          } else if (!there.isEmpty()) {
            changes.append(file).append(": was edited since, and is left where it is\n");
          }
        });
    removeIfEmpty(folder.resolve(WANTS));
    return changes.isEmpty() ? "nothing was installed in " + folder + "\n" : changes.toString();
  }

  private Path wanted(String timer) {
    return folder.resolve(WANTS).resolve(timer);
  }

  /** As systemctl enable does. */
  private void link(String timer) {
    Path link = wanted(timer);
    try {
      if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(folder.resolve(WANTS));
        Files.createSymbolicLink(link, Path.of("..", timer));
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(link, e);
    }
  }

  private static void removeIfEmpty(Path folder) {
    try (Stream<Path> rest = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      if (rest.findAny().isEmpty()) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder, e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }
}
