package dev.pipeline.schedule;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Units below a folder that systemd reads, and the links by which timers are enabled. */
public final class SystemdInstall {
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

  /** Takes away what {@link #install} wrote; returns what changed, for people. */
  public String remove() {
    StringBuilder changes = new StringBuilder();
    units.forEach(
        (name, text) -> {
          Path file = folder.resolve(name);
          AtomicFiles.deleteRecursively(wanted(name));
          if (Files.exists(file)) {
            changes.append(Change.of(file.toString(), text(file), ""));
            AtomicFiles.deleteRecursively(file);
          }
        });
    return changes.isEmpty() ? "nothing was installed in " + folder + "\n" : changes.toString();
  }

  private Path wanted(String timer) {
    return folder.resolve("timers.target.wants").resolve(timer);
  }

  /** As systemctl enable does. */
  private void link(String timer) {
    Path link = wanted(timer);
    try {
      if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(folder.resolve("timers.target.wants"));
        Files.createSymbolicLink(link, Path.of("..", timer));
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(link, e);
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
