package dev.pipeline.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RarePatternTest {
  private static final String REGEX =
      "(?i)(?:guard-?rails?\\b|tier[- ](?:one|[1-4])|bots?\\b|(?:risk|[A-Z][a-z]+Lock) tool\\b|(?-i:AI)\\b"
          + "|do (?:it|\\[person_[0-9]+\\])(?: please)?\\b)";

  /** Pieces that such texts are made of, with what the two engines see differently. */
  private static final List<String> PIECES =
      List.of(
          "guard",
          "-",
          "rail",
          "s",
          " ",
          "Tier",
          "1",
          "one",
          "bot",
          "Both",
          "é",
          "risk",
          "Lock",
          "tool",
          "AI",
          "ai",
          "do",
          "it",
          "[person_3]",
          "please",
          "_",
          ".",
          "\u017F",
          "\u212A",
          "\n",
          "\ud83d\ude00",
          "а",
          "ſ");

  @Test
  void findsWhatRe2Finds() {
    Pattern re2 = Pattern.compile("\\b" + REGEX);
    RarePattern rare = RarePattern.ofWords(REGEX);
    SplittableRandom random = new SplittableRandom(5);
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      String text =
          IntStream.range(0, 1 + random.nextInt(7))
              .mapToObj(any -> PIECES.get(random.nextInt(PIECES.size())))
              .collect(Collectors.joining());
      List<String> expected = new ArrayList<>();
      Matcher matcher = re2.matcher(text);
      while (matcher.find()) {
        expected.add(matcher.group());
      }
      found += expected.size();
      assertThat(rare.all(text)).as(text).isEqualTo(expected);
    }
    assertThat(found).isGreaterThan(1_000);
  }
}
