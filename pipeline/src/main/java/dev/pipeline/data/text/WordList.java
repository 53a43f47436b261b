package dev.pipeline.data.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Word lists that ship as resources: one entry a line, {@code #} opens a comment line. */
public final class WordList {
  private WordList() {}

  /** The entries of {@code name}, a resource beside {@code owner}, in file order. */
  public static List<String> entries(Class<?> owner, String name) {
    try (InputStream in =
            Objects.requireNonNull(owner.getResourceAsStream(name), "missing resource " + name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of {@code name}, folded by {@link Words#fold}. */
  public static Set<String> folded(Class<?> owner, String name) {
    Set<String> folded = new HashSet<>();
    entries(owner, name).forEach(entry -> folded.add(Words.fold(entry)));
    // Not Set.copyOf, whose look-ups divide: the lists are asked for every word of every text.
    return Collections.unmodifiableSet(folded);
  }
}
