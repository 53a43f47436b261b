package dev.pipeline.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":NaN}    | Non-standard token 'NaN'
          {"a":1} {}   | Trailing token
          {"a":1       | Unexpected end-of-input
          {"a":1,}     | Unexpected character ('}' (code 125))
          """)
  void aFaultIsToldWithoutTheParsersOwnNames(String text, String fault) {
    Failure failure =
        catchThrowableOfType(Failure.class, () -> Json.parse(text, Object.class, "it"));
    assertThat(failure).hasMessageStartingWith("cannot parse it: " + fault);
    assertThat(failure.getMessage()).doesNotContain("`", "Feature");
  }

  /** A record that copies what it is given. */
  record Copying(List<String> words) {
    Copying {
      words = List.copyOf(words);
    }
  }

  @Test
  void aMissingValueIsNamedAsThatAndTheCallerGivesTheWayOut() {
    assertThatThrownBy(() -> Json.parse("{}", Copying.class, "log.json", Json.IRREPLACEABLE))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason())
                  .isEqualTo("cannot parse log.json: a value is missing that it must have");
              assertThat(failure.fix()).contains("backup", "keep it").doesNotContain("remove");
            });
  }
}
