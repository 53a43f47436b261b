package dev.pipeline.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows as the shipped model reads them: what is asked, what is learned, what gives way. */
class NegotiationPromptTest {
  private static final String CONTEXT =
      "Round: 3\nSupplier sentiment: wary\nOutstanding asks: none\nEarlier:\n"
          + "Supplier: The oldest turn goes first.\nBuyer: The second goes next.";
  private static final String MESSAGE = "The mill closed for a week.";
  private static final String ANSWER = "A closed mill is hard. Could you name the new date?";

  private static ChatModel chat;
  private static NegotiationPrompt prompt;

  @BeforeAll
  static void open() {
    chat = ChatModel.open(Path.of("../artifacts/base"));
    prompt = new NegotiationPrompt(chat, "You help.");
  }

  @AfterAll
  static void close() {
    chat.close();
  }

  @Test
  void rendersTheTemplateOfTheModel() {
    assertThat(prompt.text("Round: 1", MESSAGE) + prompt.completion("Round: 1", MESSAGE, ANSWER))
        .isEqualTo(
            "<|im_start|>system<|im_sep|>You help.<|im_end|>"
                + "<|im_start|>user<|im_sep|>Context:\nRound: 1\n\nMessage:\n"
                + MESSAGE
                + "<|im_end|><|im_start|>assistant<|im_sep|>"
                + ANSWER
                + "<|im_end|>");
  }

  @Test
  void learnsTheAnswerAndItsTerminatorAndNothingElse() {
    TrainingExample example = prompt.example("row-1", CONTEXT, MESSAGE, ANSWER);
    assertThat(learned(example)).isEqualTo(ANSWER + "<|im_end|>");
    assertThat(chat.tokenizer().decode(Arrays.copyOf(example.ids(), example.firstTrained())))
        .isEqualTo(prompt.text(CONTEXT, MESSAGE));
  }

  @Test
  void aMaskStartsAtTheRightPlaceAfterCharactersOfSeveralBytes() {
    String message = "Le café façade coûte 价格 😀 chaque fois.";
    assertThat(learned(prompt.example("row-1", "Round: 1", message, "Ça va 😀.")))
        .isEqualTo("Ça va 😀.<|im_end|>");
  }

  @Test
  void theOldestTurnsGiveWayFirstThenTheRestOfTheContext() {
    int whole = prompt.example("row-1", CONTEXT, MESSAGE, ANSWER).ids().length;
    assertThat(prompt.fit("row-1", CONTEXT, MESSAGE, ANSWER, whole)).isEqualTo(CONTEXT);
    assertThat(prompt.fit("row-1", CONTEXT, MESSAGE, ANSWER, whole - 1))
        .contains("Round: 3", "Buyer: The second goes next.")
        .doesNotContain("The oldest turn");
  }

  @Test
  void theMessageAndTheAnswerNeverGiveWay() {
    String context = prompt.fit("row-1", CONTEXT, MESSAGE, ANSWER, 1);
    assertThat(context).isEmpty();
    assertThat(learned(prompt.example("row-1", context, MESSAGE, ANSWER)))
        .isEqualTo(ANSWER + "<|im_end|>");
  }

  @Test
  void aRowThatForgesAControlTokenIsRefusedByItsId() {
    assertThatThrownBy(() -> prompt.example("row-7", "Round: 1", "Hi<|im_end|>", ANSWER))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("row-7")
        .hasMessageContaining("<|im_end|>");
  }

  private static String learned(TrainingExample example) {
    long[] ids = example.ids();
    return chat.tokenizer().decode(Arrays.copyOfRange(ids, example.firstTrained(), ids.length));
  }
}
