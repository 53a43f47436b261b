package dev.pipeline.data.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StyleRulesTest {
  private static final TokenCounter WORDS = text -> text.split("\\s+").length;

  private final StyleRules rules = StyleRules.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I hear how tired you are. The index would settle it. Could you share the figures?",
        "That is a hard week. Two trucks suit EUR 10 to 20 per kg. I suggest we start on Monday.",
        "Thanks, [PERSON_1]. Slots need firm tonnes. Please name the smallest one you accept.",
        "Fair point about the gate. It was our own lock that day. Let us fix Wednesdays instead.",
        "Sorry for the wait. The index would let me do that today. How about a call at noon?",
        "I respect that. Ring samples make the safer yardstick here. Shall we use them in June?",
        "It is tough on you. Whichever date we can hold matters. Would it help if we paid in May?",
      })
  void anAnswerInStylePasses(String answer) {
    assertThat(rules.check(answer, WORDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          empty-answer          | `  `
          length                | Sorry. Could you wait?
          greeting-or-closing   | Hello Ann. Sorry for the wait. Could you send the two lists to us?
          greeting-or-closing   | Sorry for the wait, really. Could you send the two lists? Kind regards.
          acknowledgement-first | The lists are late again. They cover two sites. Could you send them today?
          acknowledgement-first | Could you send the lists? I understand how hard this week has been.
          one-suggestion        | Sorry for the wait. The lists are due and cover both of the sites.
          one-suggestion        | Sorry for the wait. Could you send the lists, and would you also call?
          one-suggestion        | Sorry for the wait. Send the lists today. Shall we also talk on Monday?
          one-suggestion        | Sorry for the wait. Please send the lists. I propose a call at noon.
          internals             | Sorry for the wait. Our guardrail stops me at two. Could you accept two?
          internals             | Sorry for the wait. I will escalate to tier two. Could you hold on today?
          internals             | Sorry for the wait. StockPilot shows a gap here. Could you check the list?
          internals             | Sorry for the wait. As an AI model I cannot say. Could you ask the buyer?
          identifier            | Sorry for the wait. Two lists are due. Could you mail them to a@b.example?
          identifier            | Sorry for the wait. We can pay €14.20 a kilo. Could you accept it in May?
          """)
  void anAnswerThatBreaksARuleIsFound(String rule, String answer) {
    assertThat(rules.check(answer, WORDS)).extracting(Finding::rule).contains(rule);
  }

  @Test
  void anAcknowledgementMayHaveTwentyTokensAndNoMore() {
    String twenty = "I understand " + "very ".repeat(17) + "well.";
    String rest = " The list is due this week. Could you send it?";
    assertThat(rules.check(twenty + rest, WORDS)).isEmpty();
    assertThat(rules.check("Now " + twenty + rest, WORDS))
        .extracting(Finding::rule)
        .containsExactly("acknowledgement-first");
  }

  @Test
  void aRamblingAnswerIsTooLong() {
    assertThat(rules.check("Sorry. " + "so ".repeat(120) + "Could you wait?", WORDS))
        .extracting(Finding::rule)
        .contains("length");
  }

  @Test
  void aFindingDoesNotRepeatTheIdentifier() {
    List<Finding> findings =
        rules.check("Sorry for that. Could you mail the list to a@b.example today?", WORDS);
    assertThat(findings).singleElement().satisfies(f -> assertThat(f.detail()).doesNotContain("@"));
  }
}
