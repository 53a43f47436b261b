package dev.pipeline.fetch;

import dev.pipeline.io.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a hub may call its files, so that none lies anywhere but in its folder. */
final class SafePath {
  /** What Windows takes for a device, with any suffix. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

  /** Characters that some system does not have in names, and control characters. */
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}<>:\"|?*\\\\]");

  /** What this program itself writes beside the files. */
  private static final Pattern OURS =
      Pattern.compile("(?i)fetch\\.json|\\.fetch.*|.*\\.partial(\\.json(\\.partial)?)?");

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_PATH = 1000;

  private SafePath() {}

  /** Refuses a path that leads out of the folder; hostile whether the file is wanted or not. */
  static void requireInside(String path) {
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.contains("\\")) {
        throw refused(path, "leads out of its folder");
      }
    }
    if (path.length() > 1 && path.charAt(1) == ':') {
      throw refused(path, "names a drive");
    }
  }

  /** Refuses names that do not mean the same file on every system. */
  static void requirePortable(Collection<HubFile> files) {
    Set<String> seen = new HashSet<>();
    for (HubFile file : files) {
      requirePortable(file.path());
      if (!seen.add(file.path().toLowerCase(Locale.ROOT))) {
        throw refused(file.path(), "is there twice, large and small letters aside");
      }
    }
    for (HubFile file : files) {
      String path = file.path().toLowerCase(Locale.ROOT);
      for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
        if (seen.contains(path.substring(0, at))) {
          throw refused(file.path(), "lies in a folder that is a file, too");
        }
      }
    }
  }

  private static void requirePortable(String path) {
    requireInside(path);
    if (path.length() > LONGEST_PATH || FORBIDDEN.matcher(path).find()) {
      throw refused(path, "has characters or a length that not every system takes");
    }
    for (String part : path.split("/", -1)) {
      if (DEVICE.matcher(part).matches()
          || part.endsWith(".")
          || part.endsWith(" ")
          || part.startsWith(" ")
          || part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw refused(path, "has a name that not every system takes");
      }
      if (OURS.matcher(part).matches()) {
        throw refused(path, "has a name that fetch itself uses");
      }
    }
  }

  private static Failure refused(String path, String why) {
    return Failure.refused(
        "the hub lists a file that " + why + ": \"" + Printable.of(path) + "\"",
        "do not use this repository, or leave the file out with --exclude if it is not needed");
  }
}
