package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.DriftConfig;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.evaluate.LlamaServedModel;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.ServedTemplate;
import dev.pipeline.evaluate.drift.Transcript;
import dev.pipeline.evaluate.suite.NegotiationTask;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.io.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.batch.core.step.Step;

/**
 * The released file answers the fixed prompts as it is served: with the release's temperature and
 * nucleus, and draws of the day's own.
 */
final class TranscriptsJob implements PipelineJob {
  static final String NAME = "transcripts";
  static final String FILE = "transcripts.jsonl";

  private final LocalDate day;

  /** Answers of {@code day}. */
  TranscriptsJob(LocalDate day) {
    this.day = day;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(
        new DriftDate(day.toString()),
        config.drift(),
        config.release(),
        ModelParts.ForServing.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of("model", served(config), "tasks", config.evaluate().negotiationTasks());
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(steps.recipe("answers", () -> answer(run)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    Path file = run.folder().resolve(FILE);
    return new Outcome(
        JsonLines.read(file, Transcript.class).size() + " answers of " + day + " -> " + file,
        Map.of(NAME, file));
  }

  /** The file that is served. */
  static Path served(PipelineConfig config) {
    Path models = Workspace.of(config.model()).model().resolve("models");
    Path file = models.resolve(config.model().modelName() + ".gguf");
    if (!Files.isRegularFile(file)) {
      throw Failure.usage(
          "nothing is released yet: there is no " + file, "pipeline run retrain releases a model");
    }
    return file;
  }

  /** The same tasks every day, in the order of the benchmark. */
  static List<NegotiationTask> tasks(PipelineConfig config) {
    List<NegotiationTask> all =
        JsonLines.read(config.evaluate().negotiationTasks(), NegotiationTask.class);
    DriftConfig drift = config.drift();
    if (drift.prompts() == 0 || drift.prompts() >= all.size()) {
      return all;
    }
    List<NegotiationTask> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(drift.promptSeed()));
    return shuffled.subList(0, drift.prompts()).stream()
        .sorted(Comparator.comparing(NegotiationTask::id))
        .toList();
  }

  private void answer(RunContext run) {
    JsonLines.write(
        run.folder().resolve(FILE),
        answers(
            run.config(),
            day.toEpochDay(),
            (done, total) -> {
              run.stop().check();
              run.progress().at(done, total, "answers");
            }));
  }

  /** Told how many of all tasks are answered. */
  @FunctionalInterface
  interface Monitor {
    void at(int done, int total);
  }

  /** The answers of the file that is served; other draws with another {@code seed}. */
  static List<Transcript> answers(PipelineConfig config, long seed, Monitor monitor) {
    Path gguf = served(config);
    List<NegotiationTask> tasks = tasks(config);
    List<Transcript> transcripts = new ArrayList<>();
    try (ChatModel chat = BaseChat.open(config.model());
        LlamaServedModel model = load(config, gguf)) {
      NegotiationPrompt prompt =
          new NegotiationPrompt(chat, config.model().systemPrompt())
              .renderedBy(ServedTemplate.read(gguf, chat.template()));
      for (NegotiationTask task : tasks) {
        monitor.at(transcripts.size(), tasks.size());
        String text = prompt.text(task.context(), task.message());
        Sampling sampling = sampling(config, tasks.size() * seed + transcripts.size());
        transcripts.add(
            new Transcript(task.id(), task.message(), model.generate(text, sampling).text()));
      }
    }
    return transcripts;
  }

  private static Sampling sampling(PipelineConfig config, long seed) {
    return new Sampling(
        config.release().temperature(),
        config.release().topP(),
        config.drift().maxNewTokens(),
        seed);
  }

  private static LlamaServedModel load(PipelineConfig config, Path gguf) {
    ModelConfig model = config.model();
    return LlamaServedModel.load(
        new LlamaBuild(config.packaging().llamaLibrary()),
        gguf,
        config.sft().batch().sequenceLen() + config.drift().maxNewTokens(),
        model.threadCount(),
        model.base().stopWords());
  }
}
