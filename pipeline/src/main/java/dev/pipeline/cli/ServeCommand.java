package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.StopSignal;
import dev.pipeline.serve.PipelineServer;
import dev.pipeline.serve.ServeOptions;
import dev.pipeline.serve.guard.AccessToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Shows runs, datasets, releases, plans, reviews and drift in a browser, until Ctrl-C.",
      "It answers REST, too, and lets people chat with the model. Beyond this machine it wants a"
          + " token: PIPELINE_SERVE_TOKEN in the environment, or PIPELINE_SERVE_TOKEN_FILE that names"
          + " a file."
    })
final class ServeCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(100);

  private final StopSignal stop;

  @Mixin ConfigOptions settings = new ConfigOptions();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address of this machine to listen on. Default: serve.host, 127.0.0.1.")
  @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "0 takes a free one. Default: serve.port, 8080.")
  @Nullable Integer port;

  ServeCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PipelineConfig config = settings.load(List.of(), "serve");
    Runs.logTo(config);
    ServeOptions options =
        ServeOptions.of(
            config,
            Optional.ofNullable(host),
            Optional.ofNullable(port),
            AccessToken.of(System.getenv()),
            settings.words());
    System.err.println("starting");
    try (PipelineServer server = PipelineServer.start(config, options)) {
      System.out.println("listening at " + server.address());
      System.out.flush();
      while (!stop.isRequested()) {
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
    return ExitCode.OK.status();
  }
}
