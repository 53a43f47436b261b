package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorsTest {
  private final StringWriter err = new StringWriter();

  @Test
  void aFailureIsItsTwoLinesAndItsStatus() {
    Callable<Integer> refuses =
        () -> {
          throw Failure.refused("raw.jsonl line 3: no answer", "write one");
        };

    assertThat(execute(refuses, "verb")).isEqualTo(4);
    assertThat(err).hasToString("error: raw.jsonl line 3: no answer\nfix: write one\n");
  }

  @Test
  void aDefectIsTwoLinesToo() {
    assertThat(execute(ErrorsTest::breaks, "verb")).isEqualTo(3);
    assertThat(err.toString().lines())
        .containsExactly(
            "error: unexpected IllegalArgumentException: the root of it",
            "fix: this is a defect: run again with --debug and report the stack trace");
  }

  @Test
  void debugShowsWhereItHappenedBeforeOrAfterTheVerb() {
    execute(ErrorsTest::breaks, "--debug", "verb");
    assertThat(err.toString()).contains("at dev.pipeline.cli.ErrorsTest.breaks");

    err.getBuffer().setLength(0);
    execute(ErrorsTest::breaks, "verb", "--debug");
    assertThat(err.toString()).contains("at dev.pipeline.cli.ErrorsTest.breaks");
  }

  @Test
  void aMistypedVerbNamesTheNearest() {
    assertThat(execute(() -> 0, "jos")).isEqualTo(2);
    assertThat(err.toString()).contains("fix: did you mean", "jobs");
  }

  @Test
  void aMistypedVerbIsNamedWhateverFollows() {
    assertThat(execute(() -> 0, "rn", "sft")).isEqualTo(2);
    assertThat(err).hasToString("error: pipeline has no verb \"rn\"\nfix: did you mean \"run\"?\n");
  }

  @Test
  void aWordForANumberIsNamedWithoutJavasWords() {
    assertThat(execute(() -> 0, "jobs", "show", "abc")).isEqualTo(2);
    assertThat(err.toString()).contains("'abc' is no whole number").doesNotContain("long");
  }

  private static int breaks() {
    throw new IllegalStateException(
        "outside\nsecond line", new IllegalArgumentException("the root of it"));
  }

  private int execute(Callable<Integer> verb, String... arguments) {
    return Main.commandLine(new StopSignal())
        .addSubcommand("verb", new Verb(verb))
        .setExecutionExceptionHandler(new Errors())
        .setErr(new PrintWriter(err, true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .execute(arguments);
  }

  @Command(name = "verb")
  record Verb(Callable<Integer> work) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return work.call();
    }
  }
}
