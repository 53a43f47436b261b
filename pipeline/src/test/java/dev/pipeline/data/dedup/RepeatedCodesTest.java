package dev.pipeline.data.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Rejected;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Source;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedCodesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "48-KTR-205", "JMU60109Q", "6899/ZBKV", "U8-N0-F5-Q6-O1", "zx81-hopper-9914",
        "CANARY-7F3A91", "4f9d2c7be1", "020 7946 0358", "01632 960867", "4471-9920-1183",
        "KXTPQWZV", "KXTP-QWZV", "aGVsbG8td29y1Z", "sk_live_9aF3kQ2x"
      })
  void seesCodesOfAnyForm(String code) {
    assertThat(Codes.in("The keypad takes " + code + ", day and night.")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S355J2",
        "6082-T6",
        "1.4301",
        "316L",
        "PA66-GF30",
        "M12x40",
        "DN150-PN16",
        "IP67",
        "X100",
        "ISO 9001:2015",
        "EN 10204 3.1",
        "ASTM A36",
        "Q3-2024",
        "FY2024-Q3",
        "2024-11-21",
        "2024-11-21 14:30",
        "12 03 2025 10 00",
        "21.11.2024",
        "2024-2026",
        "14:00-16:30",
        "1,250,000",
        "1.250.000",
        "EUR 10 to 20 per kg",
        "20 000 units",
        "90-minute",
        "10-working-day",
        "tier-3",
        "40ft-container",
        "24/7",
        "[REFERENCE_12]",
        "INCOTERMS",
        "masterbatch",
        "L-4471",
        "88-2207"
      })
  void leavesWhatTradeWrites(String text) {
    assertThat(Codes.in("We agreed on " + text + " for the next order.")).isEmpty();
  }

  @Test
  void everyRowGoesWhoseAnswerSharesACode() {
    List<Sample> rows =
        List.of(
            answer("a", "The keypad takes 48-KTR-205 at night."),
            answer("b", "Drivers enter 48.ktr.205 themselves."),
            answer("c", "Ask for 77-PLO-331 at the gate."),
            answer("c", "Again it is 77-PLO-331 today."),
            answer("d", "Nothing secret is said here."));
    RepeatedCodes codes = RepeatedCodes.among(rows);
    assertThat(rows.stream().map(row -> codes.check(row).map(Rejected::reason)))
        .map(reason -> reason.orElse(""))
        .containsExactly("repeated-code", "repeated-code", "", "", "");
    assertThat(codes.check(rows.get(0)).map(Rejected::detail))
        .contains("has a code that 2 conversations share");
  }

  @Test
  void whatTheSupplierSaysIsNotLearnt() {
    List<Sample> rows =
        Stream.of("a", "b")
            .map(id -> answer(id, "We look for it."))
            .map(row -> row.withTexts("Where is 48-KTR-205?", "48-KTR-205", row.idealAnswer()))
            .toList();
    RepeatedCodes codes = RepeatedCodes.among(rows);
    assertThat(rows).allSatisfy(row -> assertThat(codes.check(row)).isEmpty());
  }

  private static Sample answer(String conversation, String answer) {
    return new Sample(
        conversation,
        "f",
        "How?",
        "Round: 1",
        answer,
        new Source("a", 1, conversation, 1),
        Approval.pending());
  }
}
