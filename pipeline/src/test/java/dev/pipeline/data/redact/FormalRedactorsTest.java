package dev.pipeline.data.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has a form of its own: mail, telephone, account, card, address. */
class FormalRedactorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EMAIL   | joshi_procure@sundhavn.example
          EMAIL   | anneli.oja+po@tallinn-valu.example
          IBAN    | NO39 8601 1117 949
          IBAN    | CZ8708000000192000145488
          IBAN    | GB29 NWBK 6016 1331 9268 19
          CARD    | 4242 4242 4242 4242
          CARD    | 3782 822463 10005
          PHONE   | +47 412 09 776
          PHONE   | (503) 555-0147
          PHONE   | 902-555-0175
          PHONE   | 01632 960 418
          PHONE   | 01632 960867
          PHONE   | (01632) 960867
          PHONE   | 07700 900123
          PHONE   | 030/23125004
          PHONE   | 040 66969123
          PHONE   | +1 (418) 555-0137
          ADDRESS | Havnegata 14B, 7010 Trondheim
          ADDRESS | Unit 6, Quarry Lane, Leeds LS9 8QT
          ADDRESS | ul. Kowalska 7/3, 41-902 Bytom
          ADDRESS | 14 rue des Tisserands, 59800 Lille
          ADDRESS | 2217 Sorrel Court, Durham, NC 27703
          ADDRESS | Lindwurmgasse 27, 4. OG, 04109 Leipzig
          ADDRESS | Plot 12, Kpoeta Road, Hohoe
          ADDRESS | Zeytin Sokak 3/B, 16940 Mudanya, Bursa
          """)
  void isFoundWhole(EntityKind kind, String entity) {
    String text = "please use " + entity + ". Then we talk";
    List<Span> spans = Redactors.formalOnly().find(text, Identities.none());
    assertThat(spans).hasSize(1);
    assertThat(spans.get(0).kind()).isEqualTo(kind);
    assertThat(spans.get(0).in(text)).isEqualTo(entity);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ring 07700900123 today", "my mobile is 01632960867"})
  void withoutAnySpaceItTakesAWordThatTellsOfATelephone(String text) {
    assertThat(Redactors.formalOnly().find(text, Identities.none()))
        .extracting(Span::kind)
        .containsExactly(EntityKind.PHONE);
    assertThat(Redactors.formalOnly().find(text.replaceAll("[a-z]+", "mill"), Identities.none()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4242 4242 4242 4242 12/27                    | [CARD_1] 12/27
          4242 4242 4242 4242 123                      | [CARD_1] 123
          4242424242424242 12/27                       | [CARD_1] 12/27
          3782 822463 10005 12/27                      | [CARD_1] 12/27
          4242 4242 4242 4242 5555 5555 5555 4444      | [CARD_1] [CARD_2]
          3782 822463 10005 3782 822463 10005          | [CARD_1] [CARD_1]
          order 312 4242 4242 4242 4242                | order 312 [CARD_1]
          DE89370400440532013000 GB82WEST12345698765432 | [IBAN_1] [IBAN_2]
          DE89 3704 0044 0532 0130 00 GB82 WEST 1234 5698 7654 32 | [IBAN_1] [IBAN_2]
          DEUTDEFF500 DE89370400440532013000           | DEUTDEFF500 [IBAN_1]
          DE89370400440532013000 We pay                | [IBAN_1] We pay
          We are at +44 20 7946 0958 24 hours          | We are at [PHONE_1] 24 hours
          +44 20 7946 0958 12 May                      | [PHONE_1] 12 May
          902-555-0175 24 hours                        | [PHONE_1] 24 hours
          902-555-0175 902-555-0176                    | [PHONE_1] [PHONE_2]
          01632 960 418 120000 pieces                  | [PHONE_1] 120000 pieces
          01632 960 418 12.05.2024                     | [PHONE_1] 12.05.2024
          ring 412 09 776 120000 times                 | ring [PHONE_1] 120000 times
          """)
  void whatFollowsIsNotSwallowed(String text, String redacted) {
    assertThat(redact(text)).isEqualTo(redacted);
  }

  @Test
  void twoAccountsInARowAreTwoWhateverTheirDigits() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      String first = account(random);
      String second = account(random);
      assertThat(redact(first + " " + second + " EUR 500")).startsWith("[IBAN_1] [IBAN_2] ");
    }
  }

  /** A German one, in fours. */
  private static String account(SplittableRandom random) {
    String bank =
        String.valueOf(random.nextLong(100_000_000_000_000_000L, 999_999_999_999_999_999L));
    BigInteger rearranged = new BigInteger(bank + "131400");
    int check = 98 - rearranged.mod(BigInteger.valueOf(97)).intValue();
    return "DE%02d%s".formatted(check, bank).replaceAll("(.{4})(?=.)", "$1 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4", "42 ", "4242 ", "DE89", "DE89 ", "01632 ", "0044 ", "+44 20 ", "12-"})
  void longRowsTakeNoLongerACharacterThanShortOnes(String piece) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            Redactors.formalOnly().find(piece.repeat(200_000 / piece.length()), Identities.none()));
  }

  private static String redact(String text) {
    return new RedactionSession(Redactors.formalOnly(), Identities.none()).redact(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoices 3071, 3094 and 3118", // no phone
        "account NO39 8601 1117 948 is mistyped", // wrong check digits
        "card 4242 4242 4242 4243", // wrong Luhn sum
        "card number 4242 4242 4242 4243 12/27",
        "from 05/06/2024-07/06/2024 1200 pieces, on 12/05/2024 120000",
        "order 0123 4567 8901 2345 6789, order 0012 3456 7890 1234 5678",
        "number 3071 3094 3118 4501 2213",
        "between 3000 and 4500 at 12 400 to 15 600 each, 2 400 000 in all",
        "2024-05-12 12:30, 2024-05-12 to 2024-06-30",
        "order 20240-1177 of 12 May 2024",
        "order 01632 960867 is late",
        "invoice no. 04512-338291, lot number 0451 233829, PO: 01632960867",
        "01632 960867123 stands on the pallet", // longer than any telephone number
        "1632 960867 pieces of EUR", // no trunk zero, and nobody calls it a telephone
        "on 01.05.2024 120000 pieces, on 05/06/2024 another 080000",
        "0.16 632960 kg, 2024 123456, 12 345678",
        "week 34 from 08 to 12, 1200 pieces",
        "join us @ noon",
        "Batch K17, grade 6005A and part 44-C"
      })
  void aLookalikeStays(String text) {
    assertThat(Redactors.formalOnly().find(text, Identities.none())).isEmpty();
  }
}
