package dev.pipeline.data.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodesTest {
  private static final Pattern RUN =
      Pattern.compile("[0-9]{3,}(?: [0-9]{3,})+|[\\p{L}\\p{N}]+(?:[-./_:#+][\\p{L}\\p{N}]+)*");

  private static final List<String> PIECES =
      List.of(
          "1", "22", "333", "4444", " ", "-", ".", "_", "#", "ab", "K", "é", "³", "😀", "𝐀", "٣",
          "\u0301", ",", "\n");

  @Test
  void runsAreThoseOfTheExpression() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 50_000; i++) {
      String text =
          IntStream.range(0, 1 + random.nextInt(12))
              .mapToObj(any -> PIECES.get(random.nextInt(PIECES.size())))
              .collect(Collectors.joining());
      List<String> expected = new ArrayList<>();
      Matcher matcher = RUN.matcher(text);
      while (matcher.find()) {
        expected.add(matcher.group());
      }
      assertThat(Codes.runs(text)).as(text).isEqualTo(expected);
    }
  }
}
