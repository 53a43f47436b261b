package dev.pipeline.data.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedactionSessionTest {
  private final RedactionSession session =
      new RedactionSession(
          Redactors.all(Set.of("Joshi")),
          new Identities(List.of("Marit Oldervik"), List.of("Fjord Plast AS")));

  @Test
  void theSameEntityKeepsItsNumberInEveryText() {
    assertThat(session.redact("Ask Ondřej Hruška or marit@fjord.example, says Marit."))
        .isEqualTo("Ask [PERSON_2] or [EMAIL_1], says [PERSON_1].");
    assertThat(session.redact("Ondřej wrote from MARIT@fjord.example and o@fjord.example."))
        .isEqualTo("[PERSON_2] wrote from [EMAIL_1] and [EMAIL_2].");
  }

  @Test
  void aKnownCompanyIsRedactedInAnySpelling() {
    assertThat(session.redact("Does FJORD PLAST AS agree?")).isEqualTo("Does [COMPANY_1] agree?");
  }

  @Test
  void aLetterThatLowerCaseMakesTwoShiftsNoCompany() {
    RedactionSession turkish =
        new RedactionSession(
            Redactors.all(Set.of()),
            new Identities(List.of(), List.of("A-Tek", "Demirtaş A.Ş.", "İnci Depo")));
    assertThat(turkish.redact("İzmir A-Tek")).isEqualTo("İzmir [COMPANY_1]");
    assertThat(turkish.redact("Depo İstanbul, fatura Demirtaş A.Ş."))
        .isEqualTo("Depo İstanbul, fatura [COMPANY_2]");
    assertThat(turkish.redact("İNCİ DEPO and inci depo")).isEqualTo("[COMPANY_3] and [COMPANY_3]");
  }

  @Test
  void differentSpacingIsTheSameNumber() {
    assertThat(session.redact("Ring +47 412 09 776 or +47 41209776."))
        .isEqualTo("Ring [PHONE_1] or [PHONE_1].");
  }

  @Test
  void redactedTextHoldsNothingMoreToRedact() {
    String once = session.redact("Ask Ondřej at +47 412 09 776 for €14.20, NO39 8601 1117 949.");
    assertThat(session.redact(once)).isEqualTo(once);
  }

  @Test
  void countsWhatItReplaced() {
    session.redact("Marit pays €3 and €4.");
    assertThat(session.counts()).isEqualTo(Map.of("person", 1, "price", 2));
  }

  @Test
  void theLongerOfTwoOverlappingFindsWins() {
    Span longer = new Span(EntityKind.PERSON, 2, 9);
    assertThat(Span.merge(List.of(new Span(EntityKind.EMAIL, 0, 5), longer)))
        .containsExactly(longer);
  }
}
