package dev.pipeline.fetch;

import dev.pipeline.fetch.FetchRequest.Mode;
import dev.pipeline.io.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A fetch from a stand-in, set up step by step; its waits are written down and not waited. */
final class Fetching implements FetchListener {
  static final String MODEL = "owner/model";

  final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  final List<String> finished = new ArrayList<>();
  final List<String> words = new ArrayList<>();
  final Map<String, String> environment = new HashMap<>();
  final StopSignal stop = new StopSignal();

  String endpoint;
  String model = MODEL;
  Optional<Path> to = Optional.empty();
  FileChoice choice = new FileChoice(List.of(), List.of());
  int connections = 4;
  int attempts = 8;
  Duration stall = Duration.ofSeconds(10);
  long chunkBytes = 64 << 10;
  Mode mode = Mode.FETCH;
  boolean verify;
  Optional<String> near = Optional.empty();
  Room room = Room::onDisk;
  PartialFile.FileOpener opener = PartialFile::opened;

  private final Path cache;

  Fetching(String endpoint, Path cache) {
    this.endpoint = endpoint;
    this.cache = cache;
  }

  FetchResult run() {
    ModelReference reference =
        ModelReference.parse(model, null, new dev.pipeline.config.ModelRegistry(cache));
    FetchRequest request =
        new FetchRequest(
            reference,
            Hub.of(endpoint, environment),
            near,
            to,
            cache,
            choice,
            connections,
            mode,
            verify);
    FetchSettings settings = new FetchSettings(connections, stall, attempts, chunkBytes);
    Means means = new Means(settings, (time, over) -> waits.add(time), new Random(1), room, opener);
    return new Fetch(request, this, stop, means).run();
  }

  @Override
  public void position(long done, long total, double bytesPerSecond, String note) {}

  @Override
  public void finished(HubFile file) {
    finished.add(file.path());
  }

  @Override
  public void word(String sentence) {
    words.add(sentence);
  }
}
