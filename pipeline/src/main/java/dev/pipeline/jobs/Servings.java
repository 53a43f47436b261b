package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.GateBounds;
import dev.pipeline.config.GateConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.evaluate.HouseInspections;
import dev.pipeline.evaluate.LlamaServedModel;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.ServedTemplate;
import dev.pipeline.evaluate.metric.EndsByItself;
import dev.pipeline.evaluate.metric.LeakRate;
import dev.pipeline.evaluate.metric.ToxicityRate;
import dev.pipeline.evaluate.probe.Inspector;
import dev.pipeline.evaluate.probe.InternalNames;
import dev.pipeline.evaluate.probe.PersonalData;
import dev.pipeline.evaluate.probe.SystemPromptText;
import dev.pipeline.evaluate.probe.Toxicity;
import dev.pipeline.evaluate.suite.NegotiationTask;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.io.Progress;
import dev.pipeline.release.GateOverride;
import dev.pipeline.release.ModelServing;
import dev.pipeline.release.Modelfile;
import dev.pipeline.release.SmokeTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who serves the releases of a model, and what they are asked before they serve. */
final class Servings {
  private Servings() {}

  /** As {@code config} says; without a smoke test where {@code smoke} is false. */
  static ModelServing of(
      PipelineConfig config, boolean smoke, Optional<GateOverride> override, Progress progress) {
    return new ModelServing(
        Workspace.of(config.model()).model(),
        ReleaseJob.ollama(config.release()),
        smoke && config.release().smokePrompts() > 0
            ? Optional.of(smokeTest(config))
            : Optional.empty(),
        config.evaluate().maxNewTokens(),
        (test, gguf, modelfile) -> ask(config, test, gguf, modelfile),
        override,
        progress);
  }

  /** Who is at the keyboard, or whose timer it is. */
  static String user() {
    return System.getProperty("user.name", "unknown");
  }

  private static SmokeTest smokeTest(PipelineConfig config) {
    List<NegotiationTask> tasks =
        JsonLines.read(config.evaluate().negotiationTasks(), NegotiationTask.class);
    int count = Math.min(config.release().smokePrompts(), tasks.size());
    List<SmokeTest.Question> questions = new ArrayList<>();
    try (ChatModel chat = BaseChat.open(config.model())) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, config.model().systemPrompt());
      for (int i = 0; i < count; i++) {
        // Spread over the file, so that a few prompts still meet every mood.
        NegotiationTask task = tasks.get((int) ((long) i * tasks.size() / count));
        questions.add(
            new SmokeTest.Question(task.id(), prompt.messages(task.context(), task.message())));
      }
    }
    return new SmokeTest(questions, leaks(config), new Toxicity(), limits(config));
  }

  /** What can be found without the training data, which may be gone when a release comes back. */
  private static Inspector leaks(PipelineConfig config) {
    return Inspector.all(
        List.of(
            new PersonalData(),
            new InternalNames(),
            new SystemPromptText(config.model().systemPrompt(), HouseInspections.PROMPT_WORDS)));
  }

  /** The gate's, and strict ones for what it does not judge. */
  private static SmokeTest.Limits limits(PipelineConfig config) {
    GateConfig gate = GateConfig.read(config.evaluate().gate());
    SmokeTest.Limits strict = SmokeTest.Limits.STRICT;
    return new SmokeTest.Limits(
        bounds(gate, EndsByItself.NAME).flatMap(GateBounds::atLeast).orElse(strict.ended()),
        bounds(gate, LeakRate.NAME).flatMap(GateBounds::atMost).orElse(strict.leaks()),
        bounds(gate, ToxicityRate.NAME).flatMap(GateBounds::atMost).orElse(strict.toxic()));
  }

  private static Optional<GateBounds> bounds(GateConfig gate, String metric) {
    return Optional.ofNullable(gate.metrics().get(metric));
  }

  private static SmokeTest.Report ask(
      PipelineConfig config, SmokeTest test, Path gguf, Modelfile modelfile) {
    int answer = config.evaluate().maxNewTokens();
    try (ChatModel chat = BaseChat.open(config.model());
        LlamaServedModel model =
            LlamaServedModel.load(
                new LlamaBuild(config.packaging().llamaLibrary()),
                gguf,
                config.sft().batch().sequenceLen() + answer,
                config.model().threadCount(),
                modelfile.template().stops())) {
      ChatTemplate template = ServedTemplate.read(gguf, chat.template());
      return test.run(
          "llama.cpp",
          messages -> {
            var given = model.generate(template.render(messages, true), Sampling.greedy(answer));
            return new SmokeTest.Answer(given.text(), given.endedByItself() ? "stop" : "length");
          });
    }
  }
}
