package dev.pipeline.chat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.pipeline.io.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** A model's {@code tokenizer.json}. Adds nothing, truncates nothing, pads nothing. Thread-safe. */
public final class Tokenizer implements EncoderTokenizer {
  /** Every default is spelled out: without them it silently truncates at 512 tokens. */
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer tokenizer;
  private final int size;

  private Tokenizer(HuggingFaceTokenizer tokenizer, int size) {
    this.tokenizer = tokenizer;
    this.size = size;
  }

  /** Loads {@code tokenizer.json}. */
  public static Tokenizer open(Path file) {
    TokenizerJson.Checked json = TokenizerJson.checked(file);
    Tokenizer tokenizer = open(file, json);
    try {
      json.added().forEach((text, id) -> tokenizer.requireId(file, text, id));
      return tokenizer;
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private static Tokenizer open(Path file, TokenizerJson.Checked json) {
    try {
      return new Tokenizer(
          HuggingFaceTokenizer.newInstance(utf8(json.text()), OPTIONS), json.size());
    } catch (IOException | RuntimeException e) {
      throw Failure.refused(
          file + " is not a tokenizer: " + e.getMessage(),
          "restore tokenizer.json of the model folder");
    }
  }

  /** Where ids have gaps the library numbers added tokens itself: it would train other rows. */
  private void requireId(Path file, String text, int id) {
    if (LongStream.of(encode(text)).noneMatch(found -> found == id)) {
      throw Failure.refused(
          "%s gives the added token %s the id %d, which its library does not use"
              .formatted(file, text, id),
          "restore tokenizer.json of the model folder; ids of added tokens go on without a gap after"
              + " the vocabulary");
    }
  }

  private static InputStream utf8(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int size() {
    return size;
  }

  /** Token ids of {@code text}; control tokens written in it become single ids. */
  @Override
  public long[] encode(String text) {
    return tokenizer.encode(text, false, false).getIds();
  }

  @Override
  public OptionalLong id(String token) {
    long[] ids = encode(token);
    return ids.length == 1 ? OptionalLong.of(ids[0]) : OptionalLong.empty();
  }

  /** Token ids, and for each the code point at which it starts. */
  public Offsets encodeWithOffsets(String text) {
    Encoding encoding = tokenizer.encode(text, false, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] starts = new int[spans.length];
    for (int i = 0; i < starts.length; i++) {
      CharSpan span = spans[i];
      starts[i] = span == null ? 0 : span.getStart();
    }
    return new Offsets(encoding.getIds(), starts);
  }

  /** Number of tokens of {@code text}. */
  public int count(String text) {
    return encode(text).length;
  }

  /** The text of {@code ids}, control tokens included. */
  public String decode(long[] ids) {
    return tokenizer.decode(ids, false);
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  /**
   * Tokens with their places in the text.
   *
   * @param ids token ids
   * @param starts code point at which each token starts
   */
  public record Offsets(long[] ids, int[] starts) {}
}
