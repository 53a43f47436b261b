package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.Retrain;
import dev.pipeline.jobs.RunRequest;
import dev.pipeline.jobs.ScheduleDaemon;
import dev.pipeline.schedule.Change;
import dev.pipeline.schedule.CronLines;
import dev.pipeline.schedule.Crontab;
import dev.pipeline.schedule.KubernetesJobs;
import dev.pipeline.schedule.Setup;
import dev.pipeline.schedule.SystemZone;
import dev.pipeline.schedule.SystemdInstall;
import dev.pipeline.schedule.SystemdUnits;
import dev.pipeline.schedule.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline schedule print|install|remove|run}. */
@Command(
    name = "schedule",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Lets drift be looked for every day and the model be trained anew every month.",
      "The times are those of schedule.yaml; systemd, cron, Kubernetes or this program itself keeps"
          + " them."
    })
final class ScheduleCommand {
  private static final String KUBERNETES_FIX =
      "pipe it: pipeline schedule print --kind kubernetes | kubectl apply -f -";

  private final StopSignal stop;

  @Mixin ConfigOptions settings = new ConfigOptions();

  ScheduleCommand(StopSignal stop) {
    this.stop = stop;
  }

  /** Who keeps the time. */
  enum Kind {
    SYSTEMD,
    CRON,
    KUBERNETES;

    /** As it is typed, and offered by shell completion. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which, and where. */
  static final class Place {
    @Option(
        names = "--kind",
        paramLabel = "systemd|cron|kubernetes",
        defaultValue = "systemd",
        description = "Default: ${DEFAULT-VALUE}, with units of the user.")
    Kind kind = Kind.SYSTEMD;

    @Option(
        names = "--folder",
        paramLabel = "DIR",
        description = "Of systemd's units. Default: systemd/user in XDG_CONFIG_HOME or ~/.config.")
    @Nullable Path folder;

    Path units() {
      if (folder != null) {
        return folder;
      }
      String configured = System.getenv().getOrDefault("XDG_CONFIG_HOME", "");
      Path home = Path.of(System.getProperty("user.home"), ".config");
      return (configured.isBlank() ? home : Path.of(configured)).resolve("systemd/user");
    }
  }

  @Command(description = "Prints what install would write.", mixinStandardHelpOptions = true)
  int print(
      @Mixin Place place,
      @Option(
              names = "--image",
              paramLabel = "IMAGE",
              defaultValue = "pipeline:latest",
              description = "Of Kubernetes' pods. Default: ${DEFAULT-VALUE}")
          String image,
      @Option(
              names = "--claim",
              paramLabel = "NAME",
              defaultValue = "pipeline",
              description =
                  "PersistentVolumeClaim of data and artefacts. Default: ${DEFAULT-VALUE}")
          String claim,
      @Option(names = "--json", description = "Print JSON: texts by file name.") boolean json) {
    Setup setup = setup(load());
    Map<String, String> texts =
        switch (place.kind) {
          case SYSTEMD -> SystemdUnits.of(setup);
          case CRON -> Map.of("crontab", new CronLines(setup, SystemZone.of()).block());
          case KUBERNETES ->
              Map.of("cronjobs.yaml", new KubernetesJobs(setup, image, claim).yaml());
        };
    if (json) {
      System.out.print(Json.pretty(new LinkedHashMap<>(texts)));
    } else if (texts.size() == 1) {
      texts.values().forEach(System.out::print);
    } else {
      texts.forEach((name, text) -> System.out.println("# " + name + "\n" + text));
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = "Writes units or crontab lines and shows what changed; again changes nothing.",
      mixinStandardHelpOptions = true)
  int install(@Mixin Place place) {
    Setup setup = setup(load());
    switch (place.kind) {
      case SYSTEMD -> {
        System.out.print(new SystemdInstall(place.units(), setup).install());
        reload("start", setup);
      }
      case CRON -> crontab(setup, true);
      case KUBERNETES ->
          throw Failure.usage("a cluster's jobs are installed by kubectl", KUBERNETES_FIX);
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = "Takes away what install wrote, and nothing that was edited since.",
      mixinStandardHelpOptions = true)
  int remove(@Mixin Place place) {
    Setup setup = setup(load());
    switch (place.kind) {
      case SYSTEMD -> {
        reload("stop", setup);
        System.out.print(new SystemdInstall(place.units(), setup).remove());
      }
      case CRON -> crontab(setup, false);
      case KUBERNETES ->
          throw Failure.usage(
              "a cluster's jobs are removed by kubectl", KUBERNETES_FIX.replace("apply", "delete"));
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Keeps the time itself until SIGTERM or Ctrl-C.",
        "What was missed is made up for; a task that fails does not end it."
      },
      mixinStandardHelpOptions = true)
  int run() {
    PipelineConfig config = load();
    Runs.logTo(config);
    say(
        "waiting; drift every day at "
            + config.schedule().driftAt()
            + ", retraining on day "
            + config.schedule().retrainDay()
            + " at "
            + config.schedule().retrainAt()
            + ", "
            + config.schedule().timeZone());
    new ScheduleDaemon(config, this::work, ScheduleCommand::say, stop, Clock.systemUTC()).run();
    say("stopped");
    return ExitCode.OK.status();
  }

  /** Settings are read anew each time, so that a change needs no new daemon. */
  private void work(Task task) {
    RunRequest request =
        new RunRequest(
            task.job(),
            false,
            settings.load(List.of(), task.job()),
            settings.config.toString(),
            settings.overrides(List.of()));
    switch (task) {
      case DRIFT -> Runs.drift(request, false, false, stop);
      case RETRAIN ->
          Runs.retrain(
              request, Retrain.current(request.config(), Clock.systemUTC()), "schedule", stop);
    }
  }

  private static void say(String words) {
    System.out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + "  " + words);
    System.out.flush();
  }

  private static void crontab(Setup setup, boolean install) {
    Crontab crontab = new Crontab("crontab");
    CronLines lines = new CronLines(setup, SystemZone.of());
    String before = crontab.read();
    String after = install ? lines.in(before) : lines.without(before);
    System.out.print(Change.of("crontab", before, after));
    if (!before.equals(after)) {
      crontab.write(after);
    }
  }

  /** Units lie there either way; a machine without systemd, such as a container, is no error. */
  private static void reload(String verb, Setup setup) {
    List<String> timers = new ArrayList<>();
    for (Task task : Task.values()) {
      timers.add(setup.unit(task) + ".timer");
    }
    String after =
        "systemctl --user daemon-reload && systemctl --user "
            + verb
            + " "
            + String.join(" ", timers);
    if (!systemctl(List.of("daemon-reload")) || !systemctl(with(verb, timers))) {
      System.out.println("systemd did not answer; where it runs: " + after);
    }
  }

  private static List<String> with(String verb, List<String> timers) {
    List<String> words = new ArrayList<>(List.of(verb));
    words.addAll(timers);
    return words;
  }

  private static boolean systemctl(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("systemctl", "--user"));
    words.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private PipelineConfig load() {
    return settings.load(List.of(), "schedule");
  }

  private Setup setup(PipelineConfig config) {
    Path root = Path.of("").toAbsolutePath();
    List<String> words = new ArrayList<>(List.of("--config", settings.config.toString()));
    settings.set.forEach(setting -> words.addAll(List.of("--set", setting)));
    return new Setup(
        config.model().modelName(),
        root,
        root.resolve("scripts/pipeline"),
        words,
        config.schedule());
  }
}
