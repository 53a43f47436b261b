package dev.pipeline.data.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceRedactorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EUR 14.20 per kg                  | EUR 10 to 20 per kg
          12,400 SEK                        | SEK 10,000 to 20,000
          £0.87/unit                        | GBP 0.50 to 1.00/unit
          $3,150 a pallet                   | USD 2,000 to 5,000 a pallet
          C$3.20 a tonne                    | CAD 2 to 5 a tonne
          1.870 € for the masts             | EUR 1,000 to 2,000 for the masts
          3,60 €                            | EUR 2 to 5
          1 480 000 XAF                     | XAF 1,000,000 to 2,000,000
          R 4,850                           | ZAR 2,000 to 5,000
          €2.5 million                      | EUR 2,000,000 to 5,000,000
          £5-6 a unit                       | GBP 5 to 10 a unit
          4p each                           | 2 to 5 pence each
          nine cents a kilo                 | 5 to 10 cents a kilo
          two thousand nine hundred a tonne | 2,000 to 5,000 a tonne
          Eighteen dollars a tonne          | USD 10 to 20 a tonne
          TWELVE DOLLARS a tonne            | USD 10 to 20 a tonne
          twelve kr a piece.                | kr 10 to 20 a piece.
          nine p                            | 5 to 10 pence
          nine p. My colleague agrees       | 5 to 10 pence. My colleague agrees
          sixty zł                          | PLN 50 to 100
          sixty rs                          | INR 50 to 100
          sixty Ft                          | HUF 50 to 100
          """)
  void anExactPriceBecomesARange(String price, String range) {
    assertThat(redact("We said " + price)).isEqualTo("We said " + range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12,400 pieces in 40 days",
        "two hundred tonnes",
        "six pounds of resin",
        "clause 14.2",
        "at 2 percent",
        "Meet at nine p.m. or at ten p m",
        "six ft of two c-clamps for section two C",
        "EUR 10 to 20 per kg",
        "2 to 5 cents",
        "Top 10 suppliers",
        "in May 2024"
      })
  void aQuantityARateAndARangeStay(String text) {
    assertThat(redact(text)).isEqualTo(text);
  }

  @Test
  void anHourIsNoPriceNorPartOfOneBesidesAPrice() {
    assertThat(redact("Meet at nine p.m., it costs two dollars"))
        .isEqualTo("Meet at nine p.m., it costs USD 2 to 5");
    assertThat(redact("two €5 vouchers, six ft for two dollars"))
        .isEqualTo("two EUR 5 to 10 vouchers, six ft for USD 2 to 5");
  }

  @Test
  void aRangeHoldsItsAmountAndIsReadBackAsOne() {
    for (String amount : new String[] {"0.004", "0.5", "1", "1.99", "2", "4.99", "50", "99999"}) {
      PriceRange range = PriceRange.of(new BigDecimal(amount));
      assertThat(new BigDecimal(amount)).isBetween(range.low(), range.high());
      assertThat(PriceRange.writtenIn("EUR " + range)).hasSize(1);
    }
  }

  private static String redact(String text) {
    return new RedactionSession(Redactors.all(Set.of()), Identities.none()).redact(text);
  }
}
