package dev.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A copy of {@code configs/smoke} with folders of a test's own, which the test may spoil. */
final class SmokeConfig {
  private static final Path ROOT = Path.of("..");

  private final Path home;

  private SmokeConfig(Path home) {
    this.home = home;
  }

  /** A copy in {@code home}, where artefacts and datasets go, too. */
  static SmokeConfig in(Path home) {
    SmokeConfig config = new SmokeConfig(home);
    copy(ROOT.resolve("configs/smoke"), config.folder());
    config.set("model", "output_dir", home.resolve("artifacts"));
    config.set("model", "dataset_dir", home.resolve("datasets"));
    return config;
  }

  /** What {@code --config} takes. */
  Path folder() {
    return home.resolve("config");
  }

  /** Lets {@code key} of a job's file have {@code value}, whether or not it stood there. */
  void set(String job, String key, Object value) {
    Path file = folder().resolve(job + ".yaml");
    try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
      List<String> others = lines.filter(line -> !line.startsWith(key + ":")).toList();
      Files.writeString(file, String.join("\n", others) + "\n" + key + ": " + value + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Uses a copy of the base model, whose folder is returned. */
  Path ownBase() {
    Path base = home.resolve("base");
    copy(ROOT.resolve("artifacts/base"), base);
    set("model", "base_model", base);
    return base;
  }

  /** Uses a raw folder of {@code files}, each with {@code text} for its content. */
  void raw(String text, String... files) {
    Path raw = home.resolve("raw");
    try {
      Files.createDirectories(raw);
      for (String file : files) {
        Files.writeString(raw.resolve(file), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    set("mine", "raw", raw);
  }

  /** Whether some path below {@code place} has the form {@code pattern} by now. */
  static boolean exists(Path place, String pattern) {
    try (Stream<Path> files = Files.walk(place)) {
      return files.anyMatch(path -> path.toString().matches(pattern));
    } catch (IOException | UncheckedIOException movedWhileWalking) {
      return false;
    }
  }

  /** The step of the newest checkpoint below {@code place}, 0 before the first. */
  static int newestStep(Path place) {
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("step-\\d+"))
          .mapToInt(name -> Integer.parseInt(name.substring("step-".length())))
          .max()
          .orElse(0);
    } catch (IOException | UncheckedIOException movedWhileWalking) {
      return 0;
    }
  }

  private static void copy(Path source, Path target) {
    try (Stream<Path> files = Files.list(source)) {
      Files.createDirectories(target);
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
