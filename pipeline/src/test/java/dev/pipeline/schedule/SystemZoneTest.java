package dev.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemZoneTest {
  @TempDir Path etc;

  @Test
  void aLinkNamesIt() throws IOException {
    Files.createSymbolicLink(
        etc.resolve("localtime"), Path.of("../usr/share/zoneinfo/Europe/Berlin"));
    Files.writeString(etc.resolve("timezone"), "Asia/Tokyo\n");
    assertThat(SystemZone.in(etc)).contains(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void aCopyDoesNotUnlessItsNameStandsBesideIt() throws IOException {
    Files.writeString(etc.resolve("localtime"), "TZif");
    assertThat(SystemZone.in(etc)).isEmpty();
    Files.writeString(etc.resolve("timezone"), "Asia/Tokyo\n");
    assertThat(SystemZone.in(etc)).contains(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void withoutAnyItIsUtc() {
    assertThat(SystemZone.in(etc)).contains(ZoneId.of("UTC"));
  }
}
