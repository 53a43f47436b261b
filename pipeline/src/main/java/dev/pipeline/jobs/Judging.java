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
import dev.pipeline.evaluate.ServedTemplate;
import dev.pipeline.evaluate.metric.Metrics;
import dev.pipeline.evaluate.probe.Inspector;
import dev.pipeline.evaluate.suite.Suite;
import dev.pipeline.evaluate.suite.TemplateMatch;
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
  private final ChatModel chat;
  private final Inspector toxic;
  private final List<Sample> train;
  private final Secrets secrets;
  private final NegotiationPrompt prompt;
  private final List<HoldoutRow> rows;

  private Judging(
      RunContext run,
      ChatModel chat,
      Inspector toxic,
      List<Sample> train,
      List<Sample> validation) {
    this.run = run;
    this.chat = chat;
    this.toxic = toxic;
    this.train = train;
    this.secrets = secrets(run, train);
    this.prompt = new NegotiationPrompt(chat, run.config().model().systemPrompt());
    this.rows = rows(run, prompt, validation);
  }

  /**
   * Reads what {@code run} judges by; {@code chat} must stay open meanwhile, as what {@code toxic}
   * asks.
   */
  static Judging of(RunContext run, ChatModel chat, Inspector toxic) {
    Path dataset = run.output("curate", CurateJob.DATASET);
    return new Judging(run, chat, toxic, samples(dataset, "train"), samples(dataset, "validation"));
  }

  Evaluator evaluator() {
    return new Evaluator(
        HouseInspections.of(chat.tokenizer()::count, secrets, toxic),
        Metrics.standard(),
        Sampling.greedy(run.config().evaluate().maxNewTokens()));
  }

  /** The hold-out as training renders it. */
  List<HoldoutRow> rows() {
    return rows;
  }

  /**
   * Has the model in {@code gguf}, which people call {@code name}, answer everything, asked by the
   * template that stands in that file: so it will be served.
   */
  Judgement judge(String name, Path gguf) {
    NegotiationPrompt served = prompt.renderedBy(ServedTemplate.read(gguf, chat.template()));
    List<HoldoutRow> asked =
        rows.stream().map(row -> row.asked(served.text(row.context(), row.instruction()))).toList();
    List<Suite> suites = suites(served, new TemplateMatch(rows, asked));
    try (LlamaServedModel model = load(gguf)) {
      Judgement judgement =
          evaluator()
              .judge(
                  new ModelIdentity(name, String.valueOf(gguf.getFileName()), Hashes.sha256(gguf)),
                  model,
                  asked,
                  monitor("answers"));
      return judgement.with(
          suites.stream().map(suite -> suite.judge(model, monitor("on " + name))).toList());
    }
  }

  private List<Suite> suites(NegotiationPrompt served, TemplateMatch match) {
    Redactors redactors = Redactors.all(Set.copyOf(run.config().curate().personas()));
    return SuitesOf.config(
        run.config().evaluate(), served, secrets, toxic, new TrainingData(train, redactors), match);
  }

  private LlamaServedModel load(Path gguf) {
    EvaluateConfig evaluate = run.config().evaluate();
    ModelConfig model = run.config().model();
    int answer = Math.max(evaluate.maxNewTokens(), evaluate.suiteNewTokens());
    return LlamaServedModel.load(
        new LlamaBuild(run.config().packaging().llamaLibrary()),
        gguf,
        run.config().sft().batch().sequenceLen() + answer,
        model.threadCount(),
        model.base().stopWords());
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
