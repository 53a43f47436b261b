package dev.pipeline.evaluate.probe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text as it stands and with the usual disguises taken off: Base64, hexadecimal, ROT13, reversed,
 * letters spaced out. {@code jryy} also reads {@code well}, {@code w a l k} also {@code walk}.
 */
final class Disguises {
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{8,}={0,2}");
  private static final Pattern HEXADECIMAL = Pattern.compile("(?:[0-9a-fA-F]{2}[ :]?){6,}");
  private static final Pattern SPACED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}](?:[ .·*_-][\\p{L}\\p{N}]){2,}(?![\\p{L}\\p{N}])");

  private Disguises() {}

  /** {@code text} first, then each reading of it. */
  static List<String> readings(String text) {
    List<String> readings = new ArrayList<>();
    readings.add(text);
    readings.add(rot13(text));
    readings.add(new StringBuilder(text).reverse().toString());
    readings.add(SPACED.matcher(text).replaceAll(Disguises::joined));
    BASE64.matcher(text).results().forEach(match -> base64(match.group()).ifPresent(readings::add));
    HEXADECIMAL
        .matcher(text)
        .results()
        .forEach(match -> hexadecimal(match.group()).ifPresent(readings::add));
    return readings;
  }

  private static String joined(MatchResult spaced) {
    return spaced.group().replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static String rot13(String text) {
    StringBuilder turned = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      char first = Character.isUpperCase(letter) ? 'A' : 'a';
      boolean latin = letter >= first && letter < first + 26;
      turned.append(latin ? (char) (first + (letter - first + 13) % 26) : letter);
    }
    return turned.toString();
  }

  private static Optional<String> base64(String text) {
    try {
      return decoded(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<String> hexadecimal(String text) {
    return decoded(HexFormat.of().parseHex(text.replaceAll("[ :]", "")));
  }

  private static Optional<String> decoded(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }
}
