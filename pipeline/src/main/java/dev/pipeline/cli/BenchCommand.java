package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.PhaseZero;
import dev.pipeline.jobs.RunRequest;
import dev.pipeline.jobs.Speakers;
import dev.pipeline.talk.Bench;
import dev.pipeline.talk.Figures;
import dev.pipeline.talk.StopButton;
import dev.pipeline.talk.Verdict;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline bench}: phase 0, before any training. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how fast a model reads and writes here, and what memory it takes.",
      "Without --model it measures the base as it will be served, quantised to Q4_K_M, and notes"
          + " the verdict: 0 when it passes, 1 when it does not."
    })
final class BenchCommand implements Callable<Integer> {
  private static final double GIGA = 1e9;

  private final StopSignal stop;

  @Mixin SettingOptions options = new SettingOptions();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Measure this one instead, as in chat; its verdict is not noted.")
  @Nullable String model;

  @Option(
      names = "--rounds",
      paramLabel = "COUNT",
      defaultValue = "5",
      description = "Questions that are timed; figures are medians. Default: ${DEFAULT-VALUE}")
  int rounds;

  @Option(
      names = "--turns",
      paramLabel = "COUNT",
      defaultValue = "10",
      description = "Turns of a conversation to last. Default: ${DEFAULT-VALUE}")
  int turns;

  @Option(
      names = "--max-tokens",
      defaultValue = "64",
      paramLabel = "COUNT",
      description = "Longest answer. Default: ${DEFAULT-VALUE}")
  int maxTokens;

  @Option(names = "--context-window", paramLabel = "TOKENS", description = "As in chat.")
  @Nullable Integer contextWindow;

  @Option(names = "--gpu-layers", paramLabel = "COUNT", description = "As in chat.")
  @Nullable Integer gpuLayers;

  BenchCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PipelineConfig config = options.load("package");
    Runs.logTo(config);
    Bench.Plan plan = new Bench.Plan(rounds, turns, maxTokens);
    Speakers.Wish wish =
        new Speakers.Wish(
            Optional.ofNullable(model),
            Optional.ofNullable(contextWindow),
            1,
            Optional.ofNullable(gpuLayers),
            Optional.empty());
    PhaseZero.Result result = measured(config, plan, wish);
    if (options.json) {
      System.out.print(Json.pretty(result));
    } else {
      print(result);
    }
    return (result.verdict().passed() ? ExitCode.OK : ExitCode.GATE_FAILED).status();
  }

  private PhaseZero.Result measured(PipelineConfig config, Bench.Plan plan, Speakers.Wish wish) {
    if (wish.model().isPresent()) {
      try (LiveProgress progress = LiveProgress.aside("bench")) {
        return phaseZero(config, plan, progress).measure(wish);
      }
    }
    Path gguf;
    try (TerminalReport report = TerminalReport.aside()) {
      gguf = PhaseZero.quantised(baseline(config), report, stop);
    }
    try (LiveProgress progress = LiveProgress.aside("bench")) {
      return phaseZero(config, plan, progress).base(gguf, wish);
    }
  }

  private RunRequest baseline(PipelineConfig config) {
    return new RunRequest(
        "baseline",
        false,
        config,
        options.settings.config.toString(),
        options.settings.overrides(options.overrides));
  }

  /** Ctrl-C ends it with the answer that is being written. */
  private PhaseZero phaseZero(PipelineConfig config, Bench.Plan plan, Progress progress) {
    StopButton button = new StopButton();
    return new PhaseZero(
        config,
        plan,
        (done, total, message) -> {
          progress.at(done, total, message);
          if (stop.isRequested()) {
            button.press();
          }
        },
        button);
  }

  private static void print(PhaseZero.Result result) {
    Figures figures = result.figures();
    line("model", figures.model());
    line("load", "%.2f s", figures.loadSeconds());
    line("first token", "%.3f s", figures.firstTokenSeconds());
    line("prompt", "%.1f tokens/s", figures.promptTokensPerSecond());
    line("generation", "%.1f tokens/s", figures.tokensPerSecond());
    line("memory", "%.2f GB resident", figures.memory().resident() / GIGA);
    if (figures.memory().gpu() > 0) {
      line("GPU memory", "%.2f GB", figures.memory().gpu() / GIGA);
    }
    System.out.println();
    for (Verdict.Criterion criterion : result.verdict().criteria()) {
      System.out.printf(
          "%-4s  %-7s  %s%n",
          criterion.met() ? "pass" : "FAIL", criterion.name(), criterion.found());
    }
    System.out.println();
    System.out.println(
        "phase 0: "
            + (result.verdict().passed() ? "passed, " : "not passed, ")
            + result.verdict().grade()
            + result.kept().map(file -> "; noted in " + file).orElse(""));
  }

  private static void line(String name, String text) {
    System.out.printf("%-12s %s%n", name, text);
  }

  private static void line(String name, String format, double value) {
    line(name, String.format(Locale.ROOT, format, value));
  }
}
