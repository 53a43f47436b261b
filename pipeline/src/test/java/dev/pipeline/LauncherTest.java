package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says before there is a program to say anything. */
@Tag("e2e")
class LauncherTest {
  @TempDir Path folder;

  @Test
  void anOldJavaIsNamedWithItsFix() throws IOException, InterruptedException {
    Path home = folder.resolve("jdk-11");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

    assertRefused(Map.of("JAVA_HOME", home.toString()), "error: Java 11.0.2 is too old: " + java);
    // Without the file, Java itself is asked.
    Files.delete(home.resolve("release"));
    assertRefused(Map.of("JAVA_HOME", home.toString()), "error: Java 11.0.2 is too old: " + java);
  }

  @Test
  void aMissingJavaIsNamedWithItsFix() throws IOException, InterruptedException {
    assertRefused(
        Map.of("JAVA_HOME", folder.resolve("nowhere").toString()), "error: no Java found");
  }

  private static void assertRefused(Map<String, String> environment, String reason)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("../scripts/pipeline", "doctor").redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isEqualTo(3);
    assertThat(text.lines().toList()).first().isEqualTo(reason);
    assertThat(text).contains("fix: install a JDK 17 or newer", "or set JAVA_HOME");
  }
}
