package dev.pipeline.schedule;

import dev.pipeline.config.TimetableConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be run, and when.
 *
 * @param model names the units, lines and jobs
 * @param root the project's root, absolute
 * @param launcher {@code scripts/pipeline}, absolute
 * @param settings {@code --config} and {@code --set} with their values
 */
public record Setup(
    String model, Path root, Path launcher, List<String> settings, TimetableConfig timetable) {
  private static final int SHORT = 8;

  /** Refuses what no crontab and no unit file can hold. */
  public Setup {
    settings = List.copyOf(settings);
    Stream.concat(Stream.of(root.toString(), launcher.toString()), settings.stream())
        .filter(word -> word.chars().anyMatch(Character::isISOControl))
        .findFirst()
        .ifPresent(
            word -> {
              throw Failure.usage(
                  "a path or setting holds a control character: "
                      + word.replaceAll("\\p{Cntrl}", "?"),
                  "rename it");
            });
  }

  /** The words of a task's command, after the launcher. */
  List<String> arguments(Task task) {
    return Stream.concat(
            Stream.concat(Stream.of("run", task.job()), settings.stream()),
            task == Task.RETRAIN ? Stream.of("--reason", "schedule") : Stream.<String>empty())
        .toList();
  }

  /** A task's name beside those of other models. */
  String name(Task task) {
    return "pipeline-" + model + "-" + task.job();
  }

  /** The same where several copies of the project, each in its folder, may have such a model. */
  public String unit(Task task) {
    return "pipeline-"
        + model
        + "-"
        + Hashes.sha256(root.toString()).substring(0, SHORT)
        + "-"
        + task.job();
  }

  /** Which model of which copy of the project, for people. */
  String subject() {
    return model + " in " + root;
  }
}
