package dev.pipeline.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Golden lines made by {@code scripts/peers/quantise-oracle}, split at tabs. */
final class Golden {
  private Golden() {}

  /** The lines of {@code file} on {@code model} in {@code fileType}, without those two columns. */
  static List<List<String>> lines(String file, String model, FileType fileType) {
    return lines(file, model, fileType.name());
  }

  /** The same of a file that was weighed by {@link OracleCase#importances}. */
  static List<List<String>> weightedLines(String file, String model, FileType fileType) {
    return lines(file, model, fileType + "-weighted");
  }

  private static List<List<String>> lines(String file, String model, String fileType) {
    String resource = "/golden/quantise/" + file;
    try (InputStream in = Golden.class.getResourceAsStream(resource)) {
      byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .map(line -> List.of(line.split("\t", -1)))
          .filter(row -> row.get(0).equals(model) && row.get(1).equals(fileType))
          .map(row -> row.subList(2, row.size()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
