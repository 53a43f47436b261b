package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.jobs.Examination;
import dev.pipeline.jobs.Preflight;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipeline validate}: finds what would go wrong, before anything runs. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks configuration, weights, data, disk and servers; changes nothing.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin SettingOptions options = new SettingOptions();

  @Override
  public Integer call() {
    PipelineConfig config = options.load("sft");
    List<Examination> findings = Preflight.findings(config);
    Examinations.print(findings, options.json);
    return Examinations.status(findings);
  }
}
