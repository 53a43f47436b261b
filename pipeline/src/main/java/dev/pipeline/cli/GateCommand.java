package dev.pipeline.cli;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.gate.Check;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.GateCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pipeline gate}: judges an evaluated run, for CI. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "Judges an evaluated run by a gate's bounds, for people and for CI.",
      "Nothing is measured anew, but a --gguf that no run made is asked.",
      "Exit codes: 0 passed, 1 failed, 2 usage or config, 3 an evaluation cannot be read."
    })
final class GateCommand implements Callable<Integer> {
  private final StopSignal stop;

  private record Printed(String run, @Nullable String baseline, boolean pass, List<Check> checks) {}

  @Option(
      names = "--config",
      paramLabel = "GATE.yaml",
      description =
          "The bounds. Default: evaluate.gate of the settings. A folder is taken as --settings.")
  @Nullable Path gate;

  @Option(
      names = "--settings",
      paramLabel = "PATH",
      description = "Settings that say which model's runs are meant. Default: configs/demo")
  @Nullable Path settings;

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

  @ArgGroup @Nullable Instead instead;

  /** What to judge in the place of the tuned model. */
  static final class Instead {
    @Option(
        names = "--gguf",
        paramLabel = "FILE",
        description = {
          "Judge this file instead, as though it were to be released: it is asked what that run"
              + " was asked, by the chat template inside it, which takes a while the first time."
        })
    @Nullable Path gguf;

    @Option(
        names = "--base",
        description = {
          "Judge the base of that run instead, as though it were to be released.",
          "A gate that lets it pass asks for nothing."
        })
    boolean base;
  }

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description = {
        "Run that regressions are measured against. Default: the fine-tuned model that preference"
            + " optimisation started from; without either they are not judged."
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

  GateCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    boolean base = instead != null && instead.base;
    GateCheck check = check(base);
    String file = base ? "gate-base" : "gate";
    Path xml = junit == null ? check.folder().resolve(file + ".xml") : junit;
    Path text = markdown == null ? check.folder().resolve(file + ".md") : markdown;
    check.write(xml, text);
    print(check);
    if (!json) {
      Printable.println("for CI: " + xml + " and " + text);
    }
    return (check.verdict().pass() ? ExitCode.OK : ExitCode.GATE_FAILED).status();
  }

  private GateCheck check(boolean base) {
    // A gate is a file, so that a folder can only be what --config is everywhere else.
    Optional<Path> folder = Optional.ofNullable(gate).filter(Files::isDirectory);
    if (folder.isPresent() && settings != null) {
      throw Failure.usage(
          "--config names the folder " + gate + ", and --settings stands beside it",
          "--config of gate is the bounds: name a file such as configs/gate.yaml, or leave it out");
    }
    Path source = settings == null ? folder.orElse(Path.of("configs/demo")) : settings;
    PipelineConfig config = ConfigLoader.load(source, overrides, "evaluate");
    GateCheck.Question question =
        new GateCheck.Question(
            Optional.ofNullable(gate).filter(path -> folder.isEmpty()),
            Optional.ofNullable(run),
            base,
            Optional.ofNullable(instead).map(other -> other.gguf),
            Optional.ofNullable(baseline));
    Runs.logTo(config);
    try (LiveProgress progress = LiveProgress.aside("gate")) {
      return GateCheck.of(config, question, stop, progress);
    }
  }

  private void print(GateCheck check) {
    Verdict verdict = check.verdict();
    String name = check.subject();
    if (json) {
      String before = check.baseline().orElse(null);
      Printable.print(Json.pretty(new Printed(name, before, verdict.pass(), verdict.checks())));
      return;
    }
    for (Check bound : verdict.checks()) {
      Printable.println((bound.pass() ? "ok    " : "FAIL  ") + bound.reason());
    }
    Printable.println(
        "gate "
            + (verdict.pass() ? "passed" : "FAILED")
            + " for "
            + (instead == null ? "run " : "")
            + name);
  }
}
