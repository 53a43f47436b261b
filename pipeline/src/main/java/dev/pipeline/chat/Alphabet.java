package dev.pipeline.chat;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Whether every text has tokens: the library leaves out what has none, without a word. */
final class Alphabet {
  private static final int BYTES = 256;

  private Alphabet() {}

  /** What is wrong with {@code tokenizer}, if anything. */
  static Optional<String> fault(JsonNode tokenizer) {
    JsonNode model = tokenizer.path("model");
    JsonNode vocabulary = model.path("vocab");
    JsonNode unknown = model.path("unk_token");
    if (unknown.isString()) {
      return vocabulary.has(unknown.asString())
          ? Optional.empty()
          : Optional.of("the unk_token " + unknown + ", which is no token");
    }
    if (isByteLevel(tokenizer.path("pre_tokenizer"))) {
      return missing(vocabulary, Alphabet::byteLetter);
    }
    return model.path("byte_fallback").asBoolean(false)
        ? missing(vocabulary, "<0x%02X>"::formatted)
        : Optional.of("neither bytes nor an unk_token for what is no token");
  }

  private static boolean isByteLevel(JsonNode part) {
    return part.path("type").asString("").equals("ByteLevel")
        || part.path("pretokenizers").valueStream().anyMatch(Alphabet::isByteLevel);
  }

  private static Optional<String> missing(JsonNode vocabulary, IntFunction<String> letter) {
    return IntStream.range(0, BYTES)
        .filter(Alphabet::isInUtf8)
        .filter(value -> !vocabulary.has(letter.apply(value)))
        .mapToObj("no token for the byte 0x%02x"::formatted)
        .findFirst();
  }

  private static boolean isInUtf8(int value) {
    return value < 0xc0 || (value > 0xc1 && value < 0xf5);
  }

  /** GPT-2 writes bytes that are no printable letters as those from U+0100 on. */
  private static String byteLetter(int value) {
    if (isPrintable(value)) {
      return Character.toString(value);
    }
    long earlier = IntStream.range(0, value).filter(other -> !isPrintable(other)).count();
    return Character.toString((int) (BYTES + earlier));
  }

  private static boolean isPrintable(int value) {
    return (value >= '!' && value <= '~')
        || (value >= 0xa1 && value <= 0xac)
        || (value >= 0xae && value <= 0xff);
  }
}
