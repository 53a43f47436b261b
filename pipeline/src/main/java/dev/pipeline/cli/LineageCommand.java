package dev.pipeline.cli;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.lineage.Damage;
import dev.pipeline.lineage.Lineage;
import dev.pipeline.lineage.Walk;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline lineage SUBJECT}. */
@Command(
    name = "lineage",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what something came of, and what came of it.",
      "The way goes from a raw row to the served model and its plan, and every file on it is held"
          + " against what was recorded of it. Exit code 4: a file was changed; it is named."
    })
final class LineageCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "SUBJECT",
      description = {
        "A raw line as FILE:LINE, or its SHA-256 or that of a curated row; a file or folder, such",
        "as a GGUF or an adapter, or its digest; a run's key; a dataset's version; a release's",
        "number; an Ollama name such as phi4-joshi:v3; a plan's id."
      })
  String subject = "";

  @Option(
      names = "--no-verify",
      negatable = false,
      description = "Look at no file but the manifests that tell the way.")
  boolean noVerify;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Mixin ConfigOptions settings = new ConfigOptions();

  @Override
  public Integer call() {
    Lineage lineage = Lineage.of(settings.load(List.of(), "model"));
    Walk walk = walk(lineage);
    System.out.print(json ? Json.pretty(walk) : LineageText.of(walk));
    if (!walk.damaged().isEmpty()) {
      throw changed(walk.damaged());
    }
    return ExitCode.OK.status();
  }

  private Walk walk(Lineage lineage) {
    try (LiveProgress progress = LiveProgress.aside("lineage")) {
      return lineage.walk(subject, !noVerify, progress);
    }
  }

  private static Failure changed(List<Damage> damaged) {
    Damage first = damaged.get(0);
    return Failure.refused(
        first.path()
            + " "
            + first.fault()
            + (damaged.size() > 1 ? ", and " + (damaged.size() - 1) + " more" : ""),
        "restore it from a backup, or make again what was made of it");
  }
}
