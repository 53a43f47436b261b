package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Talking in a real terminal with the shipped base, quantised and not. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TalkAtTerminalTest {
  private static final Pattern WAITING = Pattern.compile("\n>$");
  private static final int TURNS = 12;

  @TempDir static Path folder;
  private SmokeConfig config;
  private String gguf = "";

  @BeforeAll
  void measure() throws IOException {
    assumeThat(Tmux.isThere()).as("tmux is not installed (apt-get install tmux)").isTrue();
    config = SmokeConfig.in(folder);
    Program.Ended bench =
        Program.run("bench", "--config", config.folder().toString(), "--max-tokens", "8");
    // How fast it is today is no test's business.
    assertThat(bench.status()).as(bench.text()).isIn(0, 1);
    assertThat(bench.text()).contains("pass  4-bit", "pass  turns", "phase 0: ");
    try (Stream<Path> files = Files.walk(folder)) {
      gguf =
          files
              .filter(file -> file.endsWith("base-Q4_K_M.gguf"))
              .findFirst()
              .orElseThrow()
              .toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "quantised"})
  void twelveTurnsWithHistoryAndAnAnswerThatIsStopped(String model) {
    String which = model.equals("base") ? model : gguf;
    try (Tmux terminal =
        start(
            "chat",
            "--model",
            which,
            "--temperature",
            "1.5",
            "--top-p",
            "1",
            "--max-tokens",
            "90")) {
      terminal.await("prompt", TalkAtTerminalTest::waits);
      for (int turn = 1; turn <= TURNS; turn++) {
        String question = "Question " + turn + " about the price?";
        terminal.type(question);
        terminal.await(
            "answer to " + question,
            screen -> waits(screen) && answers(screen, question).length() > 2);
        if (turn == TURNS / 2) {
          stopAnAnswer(terminal);
        }
      }
      terminal.type("/history");
      String screen =
          terminal.await("history", text -> waits(text) && count(text, "> Question 12") > 1);
      // The last ten pairs are remembered, the oldest are not.
      assertThat(count(screen, "> Question 1 ")).isEqualTo(1);
      assertThat(count(screen, "> Question 11 ")).isEqualTo(2);
      assertThat(screen).contains("MAX_CHAT_HISTORY is 10").doesNotContain("<|");
      terminal.press("C-c");
      terminal.await("hint", text -> text.contains("(Ctrl-D or /quit ends the chat)"));
      terminal.press("C-d");
      terminal.await("end", text -> text.contains("ended with 0"));
    }
  }

  /** Some answers are too short to be caught in the middle, so that more may be asked for. */
  private static void stopAnAnswer(Tmux terminal) {
    for (int attempt = 1; attempt <= 20; attempt++) {
      String question = "Please go on and on, attempt " + attempt;
      terminal.type(question);
      terminal.await("first words", screen -> !answers(screen, question).isEmpty());
      terminal.press("C-c");
      String screen =
          terminal.await(
              "end of the answer",
              text -> waits(text) && text.contains(question + "\n") && isOver(text, question));
      if (answers(screen, question).contains("(stopped after ")) {
        return;
      }
    }
    throw new AssertionError("no answer was stopped:\n" + terminal.screen());
  }

  /** Either the answer was stopped, or it had ended and the prompt says how to end the chat. */
  private static boolean isOver(String screen, String question) {
    String since = answers(screen, question);
    return since.contains("(stopped after ") || since.contains("(Ctrl-D or /quit");
  }

  @Test
  void asksInATerminal() {
    for (String model : List.of("base", gguf)) {
      try (Tmux terminal = start("ask", "--model", model, "'Can we talk about the price?'")) {
        String screen = terminal.await("end", text -> text.contains("ended with "));
        assertThat(screen).contains("ended with 0").doesNotContain("<|");
        assertThat(screen.lines().filter(line -> line.length() > 10)).isNotEmpty();
      }
    }
  }

  private Tmux start(String... arguments) {
    String command =
        Stream.concat(
                Stream.of(
                    "env -u CI PIPELINE_SKIP_BUILD=1",
                    Path.of("../scripts/pipeline").toAbsolutePath().normalize().toString()),
                Stream.concat(
                    Stream.of(arguments), Stream.of("--config", config.folder().toString())))
            .collect(Collectors.joining(" "));
    return Tmux.start(
        folder.resolve("terminal-" + System.nanoTime()), command + "; echo ended with $?");
  }

  private static boolean waits(String screen) {
    return WAITING.matcher(screen).find();
  }

  /** What stands below a question. */
  private static String answers(String screen, String question) {
    int asked = screen.lastIndexOf("> " + question);
    return asked < 0 ? "" : screen.substring(asked + question.length() + 2).strip();
  }

  private static long count(String text, String part) {
    return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }
}
