package dev.pipeline.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages valid files, the same way for the same seed. */
final class Mutator {
  /** Lengths, counts and offsets that break careless readers. */
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    31,
    32,
    33,
    255,
    256,
    65535,
    65536,
    1L << 20,
    1L << 24,
    Integer.MAX_VALUE,
    1L << 31,
    0xffff_ffffL,
    1L << 32,
    1L << 40,
    1L << 53,
    1L << 60,
    1L << 61,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> WORDS =
      List.of(
          "1e999",
          "-1",
          "-0",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999999999999999",
          "0.5",
          "null",
          "true",
          "{}",
          "[]",
          "[[[[[[[[",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "../../x",
          "/etc/passwd",
          "[0,0]",
          "[4294967296,4294967296]",
          "\"F32\"",
          "\"BF16\"",
          "{{ ",
          " }}",
          "{% ",
          " %}",
          "{% for i in range(100000) %}",
          "{% endfor %}",
          "{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}",
          "{{ ''.getClass() }}",
          "{{ 'a' * 100000000 }}",
          "{{ range(1000000000) }}",
          "{% set x = messages %}",
          "\ud83d\udc4d",
          "\u2581");

  private final SplittableRandom random;

  Mutator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** One to three kinds of damage to a copy of {@code valid}. */
  byte[] damage(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--) {
      bytes = once(bytes);
    }
    return bytes;
  }

  private byte[] once(byte[] bytes) {
    int at = position(bytes.length);
    int length = Math.min(random.nextInt(1, 40), bytes.length - at);
    return switch (random.nextInt(9)) {
      case 0 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case 1 -> {
        bytes[at] = (byte) random.nextInt();
        yield bytes;
      }
      case 2, 3 -> number(bytes, at);
      case 4 -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
      case 5 -> splice(bytes, at, length, new byte[0]);
      case 6 -> splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
      case 7 -> splice(bytes, at, length, word());
      default ->
          splice(bytes, position(bytes.length), 0, Arrays.copyOfRange(bytes, at, at + length));
    };
  }

  /** A quarter of all damage goes to the first bytes, where the counts are. */
  private int position(int length) {
    return random.nextInt(random.nextInt(4) > 0 ? length : Math.min(length, 64));
  }

  private byte[] number(byte[] bytes, int at) {
    long value = NUMBERS[random.nextInt(NUMBERS.length)] + random.nextInt(-1, 2);
    byte[] little = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    int width = Math.min(1 << random.nextInt(4), bytes.length - at);
    System.arraycopy(little, 0, bytes, at, width);
    return bytes;
  }

  private byte[] word() {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splice(byte[] bytes, int at, int removed, byte[] added) {
    byte[] result = Arrays.copyOf(bytes, bytes.length - removed + added.length);
    System.arraycopy(added, 0, result, at, added.length);
    System.arraycopy(bytes, at + removed, result, at + added.length, bytes.length - at - removed);
    return result;
  }
}
