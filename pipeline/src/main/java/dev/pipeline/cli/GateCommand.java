package dev.pipeline.cli;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.evaluate.gate.Check;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.GateCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pipeline gate}: judges an evaluated run, for CI. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "Judges an evaluated run by a gate's bounds, for people and for CI; measures nothing anew.",
      "Exit codes: 0 passed, 1 failed, 2 usage or config, 3 an evaluation cannot be read."
    })
final class GateCommand implements Callable<Integer> {
  private record Printed(String run, @Nullable String baseline, boolean pass, List<Check> checks) {}

  @Option(
      names = "--config",
      paramLabel = "GATE.yaml",
      defaultValue = "configs/gate.yaml",
      description = "The bounds. Default: ${DEFAULT-VALUE}")
  Path gate = Path.of("configs/gate.yaml");

  @Option(
      names = "--settings",
      paramLabel = "PATH",
      defaultValue = "configs/demo",
      description = "Settings that say which model's runs are meant. Default: ${DEFAULT-VALUE}")
  Path settings = Path.of("configs/demo");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting that wins over the files; may be repeated.")
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Folder of the run, or how its name begins. Default: evaluated last.")
  @Nullable String run;

  @Option(
      names = "--base",
      description = {
        "Judge the base of that run instead, as though it were to be released.",
        "A gate that lets it pass asks for nothing."
      })
  boolean base;

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description = {
        "Run that regressions are measured against. Default: the fine-tuned model that preference",
        "optimisation started from; without either they are not judged."
      })
  @Nullable String baseline;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "JUnit XML. Default: gate.xml in the run's folder.")
  @Nullable Path junit;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Markdown. Default: gate.md in the run's folder.")
  @Nullable Path markdown;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    GateCheck check =
        GateCheck.of(
            ConfigLoader.load(settings, overrides, "evaluate"),
            gate,
            Optional.ofNullable(run),
            base,
            Optional.ofNullable(baseline));
    check.write(
        junit == null ? check.run().resolve(file() + ".xml") : junit,
        markdown == null ? check.run().resolve(file() + ".md") : markdown);
    print(check);
    return (check.verdict().pass() ? ExitCode.OK : ExitCode.GATE_FAILED).status();
  }

  private String file() {
    return base ? "gate-base" : "gate";
  }

  private void print(GateCheck check) {
    Verdict verdict = check.verdict();
    String name = check.subject();
    if (json) {
      String before = check.baseline().orElse(null);
      System.out.print(Json.pretty(new Printed(name, before, verdict.pass(), verdict.checks())));
      return;
    }
    for (Check bound : verdict.checks()) {
      System.out.println((bound.pass() ? "ok    " : "FAIL  ") + bound.reason());
    }
    System.out.println(
        "gate " + (verdict.pass() ? "passed" : "FAILED") + " for " + (base ? "" : "run ") + name);
  }
}
