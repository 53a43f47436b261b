package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.Doctor;
import dev.pipeline.jobs.Examination;
import dev.pipeline.jobs.Examination.State;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipeline doctor}: what works on this machine, and how to mend the rest. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Looks at what of this machine works: Java, engine, GPU, libraries, servers.")
final class DoctorCommand implements Callable<Integer> {
  @Mixin SettingOptions options = new SettingOptions();

  @Override
  public Integer call() {
    PipelineConfig config = options.load("model");
    Runs.logTo(config);
    List<Examination> found = Doctor.examine(config);
    if (options.json) {
      System.out.print(Json.pretty(found));
    } else {
      found.forEach(DoctorCommand::print);
      summarise(found);
    }
    return found.stream()
        .filter(examination -> examination.state() == State.FAIL)
        .mapToInt(examination -> examination.exitCode().status())
        .findFirst()
        .orElse(ExitCode.OK.status());
  }

  private static void print(Examination found) {
    String state =
        found.state() == State.FAIL ? "FAIL" : found.state().name().toLowerCase(Locale.ROOT);
    System.out.printf("%-4s  %-10s  %s%n", state, found.place(), found.detail());
    if (!found.fix().isEmpty()) {
      System.out.println("      fix: " + found.fix());
    }
  }

  private static void summarise(List<Examination> found) {
    System.out.println();
    System.out.println(
        Stream.of(State.values())
            .map(state -> found.stream().filter(one -> one.state() == state).count() + " " + state)
            .collect(Collectors.joining(", "))
            .toLowerCase(Locale.ROOT));
  }
}
