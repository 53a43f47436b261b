package dev.pipeline.data.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "'1,870.50', 1870.50",
    "'1.870,50', 1870.50",
    "'1 480 000', 1480000",
    "'1.234', 1234",
    "'12.5', 12.5",
    "'0.875', 0.875",
    "'1,234,567.89', 1234567.89",
    "'1.234,567.89', 1234567.89",
    "'192.168.1', 192168.1",
    "'1.234.56', 1234.56",
    "'0.123.456', 0123.456"
  })
  void readsAnyMark(String number, BigDecimal value) {
    assertThat(number).matches(Amounts.NUMBER);
    assertThat(Amounts.parse(number)).isEqualByComparingTo(value);
  }

  @Test
  void whateverLooksLikeANumberHasAValue() {
    SplittableRandom random = new SplittableRandom(7);
    Pattern number = Pattern.compile(Amounts.NUMBER);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < 14; at++) {
        text.append("0123456789012345.,.,' ".charAt(random.nextInt(22)));
      }
      for (Matcher found = number.matcher(text); found.find(); ) {
        assertThat(Amounts.parse(found.group())).as(found.group()).isNotNegative();
      }
    }
  }
}
