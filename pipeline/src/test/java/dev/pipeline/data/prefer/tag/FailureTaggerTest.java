package dev.pipeline.data.prefer.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Pairs;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTaggerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LEAKS_INTERNALS     | Coils in the yard are hard. My limit is close. Could you cover them?
          UNGROUNDED_NUMBER   | Coils in the yard are hard. Rain spoils 12 of them. Could you cover them?
          GREETING            | Hello Ann, coils in the yard are hard. Could you cover them?
          SEVERAL_SUGGESTIONS | Coils in the yard are hard. Could you cover them? Please count them.
          ROBOTIC             | We hear your coils. Your request has been logged. Could you cover them?
          IGNORES_ASK         | It is hard, I see. Paint is dear. Could you lend us a ladder?
          COLD                | The coils are yours. Could you cover the coils?
          """)
  void aFailureIsNamed(FailureMode mode, String answer) {
    assertThat(tag(answer)).hasValue(mode);
  }

  @Test
  void wordsWithoutEndAreNamed() {
    String padding = "All coils in the yard are what they are and stand where they stand. ";
    assertThat(tag("Coils in the yard are hard on you. " + padding.repeat(4) + "Could you wait?"))
        .hasValue(FailureMode.VERBOSE);
  }

  @Test
  void aGoodAnswerHasNoName() {
    assertThat(tag(Pairs.CHOSEN)).isEmpty();
  }

  @Test
  void figuresThatWereGivenMayBeRepeated() {
    Candidate candidate =
        new Candidate(
            "1,200 coils stand in the yard, ask [PERSON_7].",
            "Round: 2",
            Pairs.CHOSEN,
            "It is hard, I see, [PERSON_9]. Could you cover the 1200 coils by round 2?");
    assertThat(FailureTagger.tag(candidate)).isEmpty();
  }

  private static Optional<FailureMode> tag(String answer) {
    return FailureTagger.tag(new Candidate(Pairs.PROMPT, "Round: 1", Pairs.CHOSEN, answer))
        .map(FailureTagger.Tag::mode);
  }
}
