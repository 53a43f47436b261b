package dev.pipeline.data.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  @ValueSource(
      strings = {
        "invoices 3071, 3094 and 3118", // no phone
        "account NO39 8601 1117 948 is mistyped", // wrong check digits
        "card 4242 4242 4242 4243", // wrong Luhn sum
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
