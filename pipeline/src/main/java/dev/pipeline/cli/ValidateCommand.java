package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
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
    List<Preflight.Finding> findings = Preflight.findings(config);
    if (options.json) {
      Printable.print(Json.pretty(findings));
    } else {
      findings.forEach(
          finding -> {
            Printable.println(state(finding) + finding.check() + "  " + finding.detail());
            if (!finding.fix().isEmpty()) {
              Printable.println("      fix: " + finding.fix());
            }
          });
    }
    return findings.stream()
        .filter(finding -> !finding.passed())
        .mapToInt(finding -> finding.exitCode().status())
        .findFirst()
        .orElse(ExitCode.OK.status());
  }

  private static String state(Preflight.Finding finding) {
    if (!finding.passed()) {
      return "FAIL  ";
    }
    return finding.fix().isEmpty() ? "ok    " : "warn  ";
  }
}
