package dev.pipeline.cli;

import dev.pipeline.config.ModelRegistry;
import dev.pipeline.fetch.Fetch;
import dev.pipeline.fetch.FetchRequest;
import dev.pipeline.fetch.FetchRequest.Mode;
import dev.pipeline.fetch.FetchResult;
import dev.pipeline.fetch.FetchResult.State;
import dev.pipeline.fetch.FileChoice;
import dev.pipeline.fetch.Hub;
import dev.pipeline.fetch.HubFile;
import dev.pipeline.fetch.ModelReference;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline fetch}: a model from a Hugging Face hub. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Fetches a model from a Hugging Face hub, verifies every file, and prints its folder.",
      "What was interrupted goes on from there; what is there already is not fetched again.",
      "A token comes from HF_TOKEN, another hub from HF_ENDPOINT, HF_HUB_OFFLINE=1 asks nobody."
    })
final class FetchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description = {
        "A repository as OWNER/NAME or OWNER/NAME@REVISION, such as microsoft/phi-4, or a name of"
            + " configs/models, such as phi-4."
      })
  String model = "";

  @Option(
      names = "--revision",
      paramLabel = "NAME",
      description = "A branch, a tag or a commit. Default: main")
  @Nullable String revision;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Where the files go. Default: artifacts/hub/OWNER--NAME/COMMIT")
  @Nullable Path to;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Files to fetch in place of what a model folder needs; may be repeated.")
  @Nullable List<String> include;

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Files to leave out; may be repeated.")
  @Nullable List<String> exclude;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The hub. Default: HF_ENDPOINT, else https://huggingface.co")
  @Nullable String endpoint;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "8",
      description = "Requests at a time. Default: ${DEFAULT-VALUE}")
  int connections;

  @Option(
      names = "--offline",
      description = "Ask nobody: use what is there, or say what is missing.")
  boolean offline;

  @Option(names = "--dry-run", description = "List what would be fetched, and fetch nothing.")
  boolean dryRun;

  @Option(names = "--verify", description = "Compare the digests of files that are there, too.")
  boolean verify;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      defaultValue = "configs/models",
      description = "One YAML a known model. Default: ${DEFAULT-VALUE}")
  Path models = Path.of("configs/models");

  private final StopSignal stop;

  FetchCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    boolean noRequests = offline || Hub.offline(System.getenv());
    if (dryRun && noRequests) {
      throw Failure.usage(
          "--dry-run asks the hub, and nobody may be asked", "leave one of them out");
    }
    long begun = System.nanoTime();
    FetchResult result;
    try (FetchReport report = FetchReport.standard()) {
      result = new Fetch(request(noRequests), report, stop).run();
    }
    if (json) {
      System.out.print(Json.pretty(result));
    } else {
      print(result);
    }
    say(result, Duration.ofNanos(System.nanoTime() - begun));
    return ExitCode.OK.status();
  }

  private FetchRequest request(boolean noRequests) {
    ModelRegistry registry = new ModelRegistry(models);
    ModelReference reference = ModelReference.parse(model, revision, registry);
    Mode mode = noRequests ? Mode.OFFLINE : dryRun ? Mode.DRY_RUN : Mode.FETCH;
    return new FetchRequest(
        reference,
        Hub.of(endpoint, System.getenv()),
        registry
            .nearestSource(reference.repository().toString())
            .filter(near -> !near.equals(reference.repository().toString())),
        Optional.ofNullable(to),
        Path.of("artifacts", "hub"),
        new FileChoice(
            include == null ? List.of() : include, exclude == null ? List.of() : exclude),
        connections,
        mode,
        verify);
  }

  private static void print(FetchResult result) {
    if (result.state() == State.NOT_FETCHED) {
      for (HubFile file : result.files()) {
        System.out.printf("%10s  %s%n", Bytes.text(file.size()), file.path());
      }
    } else {
      System.out.println(result.folder());
    }
  }

  /** What a person wants to know, beside the folder that programs read. */
  private void say(FetchResult result, Duration time) {
    String what =
        "%s, commit %s: %d files, %s"
            .formatted(
                result.repository(),
                result.commit().substring(0, 12),
                result.files().size(),
                Bytes.text(result.bytes()));
    String done =
        switch (result.state()) {
          case FETCHED ->
              ", of which %s were missing  (%s)"
                  .formatted(Bytes.text(result.fetchedBytes()), Durations.text(time));
          case ALREADY_THERE ->
              ", all there, " + (verify ? "digests right" : "lengths right") + ": nothing to do";
          case NOT_FETCHED ->
              ", %s to fetch to %s".formatted(Bytes.text(result.fetchedBytes()), result.folder());
        };
    System.err.println("fetch  " + what + done);
    if (result.state() != State.NOT_FETCHED) {
      System.err.println("next: base_model: " + result.baseModel() + " in model.yaml");
    }
  }
}
