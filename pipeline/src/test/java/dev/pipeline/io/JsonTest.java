package dev.pipeline.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
}
