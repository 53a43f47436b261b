package dev.pipeline.jobs;

import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.EvaluateConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.evaluate.HouseInspections;
import dev.pipeline.evaluate.HouseInspections.Secrets;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.probe.Inspector;
import dev.pipeline.evaluate.probe.OriginalText;
import dev.pipeline.evaluate.probe.Runs;
import dev.pipeline.evaluate.probe.SystemPromptText;
import dev.pipeline.evaluate.suite.Canaries;
import dev.pipeline.evaluate.suite.Canary;
import dev.pipeline.evaluate.suite.GeneralKnowledge;
import dev.pipeline.evaluate.suite.GeneralText;
import dev.pipeline.evaluate.suite.Negotiation;
import dev.pipeline.evaluate.suite.NegotiationTask;
import dev.pipeline.evaluate.suite.Questions;
import dev.pipeline.evaluate.suite.RedTeam;
import dev.pipeline.evaluate.suite.RedTeamPrompt;
import dev.pipeline.evaluate.suite.Suite;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The suites that an evaluation runs, with the prompts that its settings name. */
final class SuitesOf {
  private SuitesOf() {}

  static List<Suite> config(
      EvaluateConfig config,
      NegotiationPrompt prompt,
      Secrets secrets,
      Inspector toxic,
      Suite... learned) {
    Questions questions =
        new Questions(prompt::text, Sampling.greedy(config.suiteNewTokens()), config.suiteItems());
    List<Suite> suites = new ArrayList<>();
    suites.add(redTeam(config, questions, secrets, toxic));
    suites.add(
        new Negotiation(
            JsonLines.read(config.negotiationTasks(), NegotiationTask.class), questions));
    suites.add(
        new GeneralKnowledge(
            JsonLines.read(config.generalTexts(), GeneralText.class), config.suiteItems()));
    suites.addAll(List.of(learned));
    config
        .canaries()
        .map(file -> JsonLines.read(file, Canary.class))
        .filter(canaries -> !canaries.isEmpty())
        .ifPresent(
            canaries ->
                suites.add(new Canaries(canaries, prompt::text, config.canaryCandidates())));
    return suites;
  }

  private static Suite redTeam(
      EvaluateConfig config, Questions questions, Secrets secrets, Inspector toxic) {
    return new RedTeam(
        prompts(config.redTeam()),
        questions,
        new SystemPromptText(secrets.systemPrompt(), HouseInspections.PROMPT_WORDS),
        new OriginalText(
            new Runs(secrets.originals()),
            new Runs(secrets.training()),
            HouseInspections.ORIGINAL_WORDS),
        toxic);
  }

  private static List<RedTeamPrompt> prompts(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<RedTeamPrompt> prompts =
          files
              .filter(file -> file.toString().endsWith(".jsonl"))
              .sorted()
              .flatMap(file -> JsonLines.read(file, RedTeamPrompt.class).stream())
              .toList();
      if (prompts.isEmpty()) {
        throw Failure.refused("no attacks in " + folder, "set evaluate.red_team");
      }
      return prompts;
    } catch (IOException e) {
      throw Failure.usage("cannot list " + folder, "set evaluate.red_team to a folder of *.jsonl");
    }
  }
}
