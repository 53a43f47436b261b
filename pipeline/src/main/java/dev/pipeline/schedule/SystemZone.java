package dev.pipeline.schedule;

import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The zone of the machine, localtime(5), in which cron keeps the time. TZ of whoever types a
 * command says nothing about it.
 */
public final class SystemZone {
  private static final Logger LOG = LoggerFactory.getLogger(SystemZone.class);
  private static final Pattern NAME = Pattern.compile(".*/zoneinfo/(?:posix/|right/)?(.+)");

  private SystemZone() {}

  /** That of this machine; empty where its name is not told. */
  public static Optional<ZoneId> of() {
    return in(Path.of("/etc"));
  }

  /** By {@code localtime}, a link to the zone's file, else by the name in {@code timezone}. */
  static Optional<ZoneId> in(Path etc) {
    Path link = etc.resolve("localtime");
    Path name = etc.resolve("timezone");
    try {
      if (Files.isSymbolicLink(link)) {
        Matcher target = NAME.matcher(Files.readSymbolicLink(link).toString());
        return target.matches() ? known(target.group(1)) : Optional.empty();
      }
      if (Files.exists(name)) {
        return known(Files.readString(name).strip());
      }
      return Files.exists(link) ? Optional.empty() : known("UTC");
    } catch (IOException e) {
      LOG.warn("cannot see the machine's zone: {}", Reason.of(e));
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> known(String name) {
    return ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }
}
