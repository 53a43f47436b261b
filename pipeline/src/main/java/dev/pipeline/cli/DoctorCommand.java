package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
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
    Examinations.print(found, options.json);
    if (!options.json) {
      summarise(found);
    }
    return Examinations.status(found);
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
