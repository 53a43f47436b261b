package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.StopSignal;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {
  /** {@code FILE}, {@code GATE.yaml}, {@code TEXT|@FILE}, {@code KEY=VALUE}, {@code YYYY-MM}. */
  private static final String VARIABLE = "@?[A-Z][A-Z=-]*(\\.[a-z]+)?";

  private static final String LITERAL = "[a-z]+";

  private final List<CommandSpec> commands =
      all(Main.commandLine(new StopSignal())).map(CommandLine::getCommandSpec).toList();

  @Test
  void everyCommandSaysInItsFirstLineWhatItDoesInAWholeSentence() {
    assertThat(commands).hasSizeGreaterThan(30);
    assertThat(commands)
        .allSatisfy(
            command ->
                assertThat(command.usageMessage().description()[0])
                    .as(command.qualifiedName())
                    .matches("[A-Z].*\\.")
                    .hasSizeLessThan(110));
  }

  @Test
  void noParagraphOfADescriptionIsBrokenByHand() {
    assertThat(commands)
        .allSatisfy(
            command ->
                assertThat(command.usageMessage().description())
                    .as(command.qualifiedName())
                    .allMatch(paragraph -> paragraph.matches("(?s).*[.:)]")));
  }

  @Test
  void whatAnArgumentStandsForIsUpperCaseAndWhatIsTypedAsItIsLowerCase() {
    assertThat(arguments())
        .allSatisfy(
            argument -> {
              String label = argument.paramLabel();
              String wanted = label.contains("|") ? VARIABLE + "|" + LITERAL : VARIABLE;
              assertThat(label.split("\\|"))
                  .as("%s of %s", argument, argument.command().qualifiedName())
                  .allMatch(word -> word.matches(wanted));
            });
  }

  @Test
  void whatIsOfferedForCompletionIsWhatTheHelpSays() {
    List<String> offered =
        arguments()
            .filter(argument -> argument.completionCandidates() != null)
            // Types of llama.cpp have names of their own.
            .filter(argument -> !argument.paramLabel().equals("TYPE"))
            .flatMap(argument -> Stream.of(argument.completionCandidates()))
            .flatMap(candidates -> StreamSupport.stream(candidates.spliterator(), false))
            .toList();
    assertThat(offered).contains("systemd", "bash", "sft").allMatch(word -> word.matches("[a-z]+"));
  }

  /** Arguments that take a value. */
  private Stream<ArgSpec> arguments() {
    return commands.stream()
        .flatMap(command -> command.args().stream())
        .filter(argument -> argument.arity().max() > 0);
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().distinct().flatMap(HelpTest::all));
  }
}
