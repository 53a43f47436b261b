package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells people to type works, in the order it tells it. */
@Tag("e2e")
class ReadmeTest {
  private static final Path README = Path.of("../README.md");

  /** A command at the start of a line of a code block, up to its comment. */
  private static final Pattern TYPED = Pattern.compile("(?m)^(?:\\$ )?scripts/pipeline ([^#\n]+)");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)\\)");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

  @TempDir Path home;

  @Test
  void everyCommandOfACodeBlockWorks() throws IOException {
    SmokeConfig config = SmokeConfig.in(home);
    List<String> commands = found(TYPED);
    assertThat(commands).contains("run sft", "validate");
    for (String command : commands) {
      List<String> arguments = words(command);
      // The same road in seconds: what a command prints with its own settings is no test's to wait
      // for.
      arguments.addAll(List.of("--config", config.folder().toString()));
      Program.Ended end = Program.run(arguments.toArray(String[]::new));
      assertThat(end.status()).as("%s: %s", command, end.text()).isZero();
    }
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    List<String> links = found(LINK);
    assertThat(links).contains("LICENSE", "CONTRIBUTING.md");
    assertThat(links).allSatisfy(link -> assertThat(README.resolveSibling(link)).exists());
  }

  /** As the shell divides it, with double quotes around what holds spaces. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command.strip());
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group() : matcher.group(1));
    }
    return words;
  }

  private static List<String> found(Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(README));
    return matcher.results().map((MatchResult match) -> match.group(1).strip()).toList();
  }
}
