package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void print() throws IOException {
    script = folder.resolve("completion");
    Files.writeString(script, Typed.run("completion", "bash").out());
  }

  @Test
  void completesVerbs() throws IOException, InterruptedException {
    assertThat(completions(""))
        .contains(
            "run", "worker", "jobs", "data", "plans", "mcp", "validate", "estimate", "inspect")
        .contains("chat", "ask", "bench", "doctor", "fetch", "serve", "track", "lineage");
    assertThat(completions("track", "")).contains("list", "show", "sync");
    assertThat(completions("r")).containsExactly("run", "review", "releases");
    assertThat(completions("review", "")).contains("create", "serve", "results");
    assertThat(completions("jobs", "")).contains("list", "show", "stop", "restart");
  }

  @Test
  void completesJobsAndOptions() throws IOException, InterruptedException {
    assertThat(completions("run", "s")).containsExactly("sft");
    assertThat(completions("run", "--on")).containsExactly("--only");
    assertThat(completions("run", "--wo")).containsExactly("--workers");
    assertThat(completions("run", "--launch", "s")).containsExactly("slurm");
    assertThat(completions("chat", "--max-h")).containsExactly("--max-history");
    assertThat(completions("fetch", "--o")).containsExactly("--offline");
    assertThat(completions("serve", "--p")).containsExactly("--port");
  }

  @Test
  void oneScriptServesBothShells() {
    assertThat(Typed.run("completion", "zsh").out()).isEqualTo(Typed.run("completion").out());
    assertThat(Typed.run("completion", "fish").status()).isEqualTo(2);
  }

  /** What bash offers for the last of {@code words} after the program's name. */
  private List<String> completions(String... words) throws IOException, InterruptedException {
    String bash =
        """
        source "$1" || exit 1
        shift
        COMP_WORDS=(pipeline "$@")
        COMP_CWORD=$#
        COMP_LINE="pipeline $*"
        COMP_POINT=${#COMP_LINE}
        $(complete -p pipeline | sed 's/.*-F \\([^ ]*\\).*/\\1/') pipeline "${COMP_WORDS[COMP_CWORD]}" ""
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    String[] command = {"bash", "-c", bash, "bash", script.toString()};
    Process process =
        new ProcessBuilder(concatenated(command, words))
            // compopt complains that no key was pressed.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = process.inputReader().lines().map(String::strip).toList();
    assertThat(process.waitFor()).as("%s", lines).isZero();
    return lines;
  }

  private static String[] concatenated(String[] first, String[] second) {
    String[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
