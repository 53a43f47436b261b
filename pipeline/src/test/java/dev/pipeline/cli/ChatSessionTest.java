package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.talk.Answering;
import dev.pipeline.talk.Conversation;
import dev.pipeline.talk.HistoryBounds;
import dev.pipeline.talk.Scripted;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChatSessionTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void answersEachLineAndEndsWithTheInput() {
    assertThat(chat(new Scripted(100), false, "one two\n\n  three  \n"))
        .isEqualTo("one two\nthree\n");
  }

  @Test
  void promptsAPerson() {
    assertThat(chat(new Scripted(100), true, "one\n/quit\ntwo\n")).isEqualTo("> one\n> ");
    assertThat(chat(new Scripted(100), true, "one\n")).isEqualTo("> one\n> \n");
  }

  @Test
  void knowsItsCommandsAndNoOthers() {
    assertThat(chat(new Scripted(100), false, "one\n/history\n/reset\n/history\n/hstory\n/help\n"))
        .startsWith(
            """
            one
            > one
            one
            (nothing is remembered any more)
            (nothing is remembered)
            (there is no /hstory; /help lists what there is)
            """)
        .contains("/reset    forget it");
  }

  @Test
  void aQuestionThatIsRefusedDoesNotEndTheChat() {
    String many = "word ".repeat(40).strip();
    assertThat(chat(new Scripted(20), false, many + "\nshort\n"))
        .contains("(the question takes 40 tokens", "CONTEXT_WINDOW_SIZE")
        .endsWith("\nshort\n");
  }

  @Test
  void anAnswerThatIsCutOffSaysSo() {
    assertThat(chat(new Scripted(100), false, "a b c d e f g h i j\n"))
        .isEqualTo("a b c d e f g h\n(cut off after 8 tokens; --max-tokens allows more)\n");
  }

  @Test
  void aModelThatDiesEndsTheChat() {
    assertThatThrownBy(() -> chat(new Scripted(100, 1, 2), false, "one\ntwo\nthree\n"))
        .isInstanceOf(Failure.class)
        .hasMessage("the process died");
  }

  @Test
  void whatIsSaidDoesNotSteerTheTerminal() {
    assertThat(chat(new Scripted(100), false, "red \u001b[31m\n")).isEqualTo("red \\u001b[31m\n");
  }

  private String chat(Scripted speaker, boolean interactive, String typed) {
    out.reset();
    new ChatSession(
            notes ->
                new Conversation(
                    speaker,
                    "",
                    new HistoryBounds(true, 10, speaker.contextTokens()),
                    Answering.greedy(8),
                    notes),
            new BufferedReader(new StringReader(typed)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            interactive)
        .run();
    return out.toString(StandardCharsets.UTF_8);
  }
}
