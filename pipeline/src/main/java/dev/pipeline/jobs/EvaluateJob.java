package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.EvaluateConfig;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Sample;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.data.mine.MinedItem;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.Evaluator;
import dev.pipeline.evaluate.HoldoutRow;
import dev.pipeline.evaluate.HouseInspections;
import dev.pipeline.evaluate.HouseInspections.Secrets;
import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.LlamaServedModel;
import dev.pipeline.evaluate.ModelIdentity;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.metric.Metrics;
import dev.pipeline.evaluate.report.Report;
import dev.pipeline.evaluate.report.RunFacts;
import dev.pipeline.evaluate.report.TrainingLog;
import dev.pipeline.evaluate.suite.Suite;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.io.Hashes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.batch.core.step.Step;

/** The staged file that would be served answers the hold-out, beside the base model. */
final class EvaluateJob implements PipelineJob {
  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public List<String> needs() {
    return List.of("mine", "curate", "sft", "baseline", "package");
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(
        config.evaluate(),
        ModelParts.ForServing.of(config.model()),
        ModelParts.ForTraining.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    EvaluateConfig evaluate = config.evaluate();
    Map<String, Path> files = new TreeMap<>();
    files.put("gate", evaluate.gate());
    files.put("red team", evaluate.redTeam());
    files.put("negotiation tasks", evaluate.negotiationTasks());
    files.put("general texts", evaluate.generalTexts());
    evaluate.canaries().ifPresent(file -> files.put("canaries", file));
    return files;
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(
        steps.recipe("judge", () -> judge(run)), steps.recipe("report", () -> report(run)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    Verdict verdict = verdict(run, run.folder());
    String summary =
        verdict.pass() ? "gate passed" : "gate FAILED: " + String.join("; ", verdict.reasons());
    return new Outcome(
        summary + " -> " + run.folder().resolve("report.html"),
        Map.of(
            "evaluation",
            run.folder().resolve(EvaluationFiles.EVALUATION),
            "answers",
            run.folder().resolve(EvaluationFiles.ANSWERS),
            "suites",
            run.folder().resolve(EvaluationFiles.SUITES),
            "report",
            run.folder().resolve("report.html")));
  }

  /** What the gate says of the evaluation in {@code folder}. */
  static Verdict verdict(RunContext run, Path folder) {
    return Gates.read(run.config().evaluate().gate())
        .judge(EvaluationFiles.read(folder), Optional.empty());
  }

  private static void judge(RunContext run) {
    ModelConfig model = run.config().model();
    EvaluateConfig config = run.config().evaluate();
    Path dataset = run.output("curate", CurateJob.DATASET);
    Secrets secrets = secrets(run, samples(dataset, "train"));
    try (ChatModel chat = BaseChat.open(model)) {
      Evaluator evaluator =
          new Evaluator(
              HouseInspections.of(chat.tokenizer()::count, secrets),
              Metrics.standard(),
              Sampling.greedy(config.maxNewTokens()));
      List<Suite> suites =
          SuitesOf.config(config, new NegotiationPrompt(chat, model.systemPrompt()), secrets);
      Task task = new Task(evaluator, rows(run, chat, samples(dataset, "validation")), suites);
      Judgement base = judge(run, task, "base", run.output("baseline", BaselineJob.GGUF));
      Judgement tuned =
          judge(run, task, model.modelName(), run.output("package", PackageJob.SERVED));
      EvaluationFiles.write(run.folder(), evaluator.compare(task.rows(), base, tuned));
    }
  }

  /** What both models are judged on. */
  private record Task(Evaluator evaluator, List<HoldoutRow> rows, List<Suite> suites) {}

  private static Judgement judge(RunContext run, Task task, String name, Path gguf) {
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
          task.evaluator()
              .judge(
                  new ModelIdentity(name, String.valueOf(gguf.getFileName()), Hashes.sha256(gguf)),
                  served,
                  task.rows(),
                  monitor(run, "answers"));
      return judgement.with(
          task.suites().stream()
              .map(suite -> suite.judge(served, monitor(run, "on " + name)))
              .toList());
    }
  }

  private static JudgeMonitor monitor(RunContext run, String words) {
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

  private static List<HoldoutRow> rows(RunContext run, ChatModel chat, List<Sample> samples) {
    NegotiationPrompt prompt = new NegotiationPrompt(chat, run.config().model().systemPrompt());
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

  private static void report(RunContext run) {
    Evaluation evaluation = EvaluationFiles.read(run.folder());
    Path dataset = run.output("curate", CurateJob.DATASET);
    DatasetManifest manifest =
        RunFiles.read(dataset.resolve(DatasetManifest.FILE), DatasetManifest.class);
    Map<String, Long> counts = new TreeMap<>();
    manifest.counts().forEach((part, count) -> counts.put(part, count.longValue()));
    Map<String, String> digests = new TreeMap<>();
    digests.put("Adapter", run.digest("sft", SftJob.ADAPTER));
    digests.put("Dataset manifest", Hashes.sha256(dataset.resolve(DatasetManifest.FILE)));
    RunFacts facts =
        new RunFacts(
            run.config().model().modelName(),
            run.config().curate().datasetName(),
            String.valueOf(dataset.getFileName()),
            new TreeMap<>(counts),
            new TreeMap<>(digests));
    Report.write(
        run.folder().resolve("report.html"),
        facts,
        evaluation,
        verdict(run, run.folder()),
        TrainingLog.read(
            RunFiles.folderOf(run.output("sft", SftJob.ADAPTER)).resolve(SftJob.METRICS)));
  }

  private static List<Sample> samples(Path dataset, String part) {
    return JsonLines.read(dataset.resolve(part + ".jsonl"), Sample.class);
  }
}
