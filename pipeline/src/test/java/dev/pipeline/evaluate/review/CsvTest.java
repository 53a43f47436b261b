package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @Test
  void writesAsTheRfcSays() {
    assertThat(Csv.write(List.of(List.of("a", "b,c", "d\"e"), List.of("", "f\ng", " h "))))
        .isEqualTo("a,\"b,c\",\"d\"\"e\"\r\n,\"f\ng\", h \r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=HYPERLINK(\"http://x\")"})
  void aFormulaIsText(String formula) {
    String written = Csv.write(List.of(List.of(formula)));
    assertThat(written.replaceFirst("^\"", "")).startsWith("'");
    assertThat(Csv.read(written, "t")).containsExactly(List.of(formula));
  }

  @Test
  void readsWhatSpreadsheetsWrite() {
    assertThat(Csv.read("\uFEFFa,b\nc,\"d\r\ne\"\n", "t"))
        .containsExactly(List.of("a", "b"), List.of("c", "d\r\ne"));
    assertThat(Csv.read("a,\r\n,\r\n", "t")).containsExactly(List.of("a", ""), List.of("", ""));
    assertThat(Csv.read("a,b", "t")).containsExactly(List.of("a", "b"));
    assertThat(Csv.read("a,", "t")).containsExactly(List.of("a", ""));
    assertThat(Csv.read("", "t")).isEmpty();
  }

  @Test
  void refusesBrokenQuotesByLine() {
    assertThatThrownBy(() -> Csv.read("a\nb\n\"c\n", "t.csv"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("t.csv line 2")
        .hasMessageContaining("never closed");
    assertThatThrownBy(() -> Csv.read("\"a\"b\n", "t.csv"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("follows a closed quote");
  }

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(6);
    String alphabet = "a,\"'\r\n=-+@ \té;";
    for (int trial = 0; trial < 2_000; trial++) {
      List<List<String>> records =
          IntStream.range(0, 3)
              .mapToObj(
                  row -> IntStream.range(0, 3).mapToObj(cell -> word(random, alphabet)).toList())
              .toList();
      assertThat(Csv.read(Csv.write(records), "t")).isEqualTo(records);
    }
  }

  private static String word(Random random, String alphabet) {
    return random
        .ints(random.nextInt(5), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
