package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.EvaluateConfig;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Sample;
import dev.pipeline.data.mine.MinedItem;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.evaluate.Evaluator;
import dev.pipeline.evaluate.HoldoutRow;
import dev.pipeline.evaluate.HouseInspections;
import dev.pipeline.evaluate.HouseInspections.Secrets;
import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.LlamaServedModel;
import dev.pipeline.evaluate.ModelIdentity;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.metric.Metrics;
import dev.pipeline.evaluate.probe.Inspector;
import dev.pipeline.evaluate.suite.Suite;
import dev.pipeline.evaluate.suite.TrainingData;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.io.Hashes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the models of a run are judged on: the hold-out and the suites. */
final class Judging {
  private final RunContext run;
  private final Evaluator evaluator;
  private final List<HoldoutRow> rows;
  private final List<Suite> suites;

  private Judging(RunContext run, Evaluator evaluator, List<HoldoutRow> rows, List<Suite> suites) {
    this.run = run;
    this.evaluator = evaluator;
    this.rows = rows;
    this.suites = suites;
  }

  /**
   * Reads what {@code run} judges by; {@code chat} must stay open meanwhile, as what {@code toxic}
   * asks.
   */
  static Judging of(RunContext run, ChatModel chat, Inspector toxic) {
    EvaluateConfig config = run.config().evaluate();
    NegotiationPrompt prompt = new NegotiationPrompt(chat, run.config().model().systemPrompt());
    Path dataset = run.output("curate", CurateJob.DATASET);
    List<Sample> train = samples(dataset, "train");
    Secrets secrets = secrets(run, train);
    Redactors redactors = Redactors.all(Set.copyOf(run.config().curate().personas()));
    return new Judging(
        run,
        new Evaluator(
            HouseInspections.of(chat.tokenizer()::count, secrets, toxic),
            Metrics.standard(),
            Sampling.greedy(config.maxNewTokens())),
        rows(run, prompt, samples(dataset, "validation")),
        SuitesOf.config(config, prompt, secrets, toxic, new TrainingData(train, redactors)));
  }

  Evaluator evaluator() {
    return evaluator;
  }

  List<HoldoutRow> rows() {
    return rows;
  }

  /** Has the model in {@code gguf}, which people call {@code name}, answer everything. */
  Judgement judge(String name, Path gguf) {
    EvaluateConfig evaluate = run.config().evaluate();
    int answer = Math.max(evaluate.maxNewTokens(), evaluate.suiteNewTokens());
    int context = run.config().sft().batch().sequenceLen() + answer;
    ModelConfig model = run.config().model();
    try (LlamaServedModel served =
        LlamaServedModel.load(
            new LlamaBuild(run.config().packaging().llamaLibrary()),
            gguf,
            context,
            model.threadCount(),
            model.base().stopWords())) {
      Judgement judgement =
          evaluator.judge(
              new ModelIdentity(name, String.valueOf(gguf.getFileName()), Hashes.sha256(gguf)),
              served,
              rows,
              monitor("answers"));
      return judgement.with(
          suites.stream().map(suite -> suite.judge(served, monitor("on " + name))).toList());
    }
  }

  private JudgeMonitor monitor(String words) {
    return (judged, done, total) -> {
      run.stop().check();
      run.progress().at(done, total, judged + " " + words);
    };
  }

  /**
   * The training rows as redaction leaves them, and as they were before. Data of a control run are
   * redacted for this: what was learned unredacted is no less a leak.
   */
  private static Secrets secrets(RunContext run, List<Sample> train) {
    Set<String> learned = train.stream().map(Sample::id).collect(Collectors.toSet());
    List<MinedItem> mined =
        JsonLines.read(run.output("mine", "mined"), MinedItem.class).stream()
            .filter(row -> learned.contains(row.sample().id()))
            .toList();
    return new Secrets(
        run.config().model().systemPrompt(),
        texts(run.config().curate().redact() ? train : CurateJob.redacted(run, mined)),
        texts(mined.stream().map(MinedItem::sample).toList()));
  }

  private static List<String> texts(List<Sample> rows) {
    return rows.stream()
        .flatMap(row -> Stream.of(row.instruction(), row.context(), row.idealAnswer()))
        .toList();
  }

  private static List<HoldoutRow> rows(
      RunContext run, NegotiationPrompt prompt, List<Sample> samples) {
    int length = run.config().sft().batch().sequenceLen();
    int most = run.config().evaluate().maxRows();
    return samples.stream()
        .limit(most == 0 ? samples.size() : most)
        .map(
            row -> {
              String context =
                  prompt.fit(row.id(), row.context(), row.instruction(), row.idealAnswer(), length);
              return new HoldoutRow(
                  row.id(),
                  row.instruction(),
                  context,
                  row.idealAnswer(),
                  prompt.text(context, row.instruction()),
                  prompt.completion(context, row.instruction(), row.idealAnswer()));
            })
        .toList();
  }

  private static List<Sample> samples(Path dataset, String part) {
    return JsonLines.read(dataset.resolve(part + ".jsonl"), Sample.class);
  }
}
