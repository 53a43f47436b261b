package dev.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks for secrets as they are, in UTF-16, in hex, as an address writes them, and in base64
 * wherever they stand in what was encoded.
 */
final class SecretSearch {
  private final Map<String, Set<String>> forms = new TreeMap<>();

  /** Looks for {@code secrets}, each longer than fifteen characters. */
  SecretSearch(Collection<String> secrets) {
    secrets.forEach(secret -> forms.put(secret, forms(secret)));
  }

  /** The secrets in {@code text}, whose characters stand for bytes. */
  List<String> in(String text) {
    return forms.entrySet().stream()
        .filter(secret -> secret.getValue().stream().anyMatch(text::contains))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** File and secret, wherever a file below {@code folder} holds one or is named like one. */
  List<String> below(Path folder) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        in(file.getFileName().toString())
            .forEach(secret -> found.add(file + " is named " + secret));
        if (Files.isRegularFile(file)) {
          in(content(file)).forEach(secret -> found.add(file + " holds " + secret));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String content(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      // A server that still runs has put another in its place.
      return "";
    }
  }

  private static Set<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(secret);
    forms.add(new String(secret.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
    forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    for (int before = 0; before < 3; before++) {
      forms.add(inner(Base64.getEncoder(), bytes, before));
      forms.add(inner(Base64.getUrlEncoder(), bytes, before));
    }
    return forms;
  }

  /** What base64 makes of it behind so many other bytes, without the characters they share. */
  private static String inner(Base64.Encoder encoder, byte[] secret, int before) {
    byte[] all = new byte[before + secret.length];
    System.arraycopy(secret, 0, all, before, secret.length);
    byte[] whole = Arrays.copyOf(all, all.length / 3 * 3);
    return encoder.encodeToString(whole).substring(before == 0 ? 0 : before + 1);
  }
}
