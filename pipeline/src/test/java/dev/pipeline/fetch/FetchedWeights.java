package dev.pipeline.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A model whose weights have a million bytes, and what a fetch of it left in a folder. */
record FetchedWeights(Path folder) {
  static final String FILE = "model.safetensors";
  static final int SIZE = 1_000_000;

  /** Puts the model on {@code hub}. */
  static FakeRepository on(FakeHub hub) throws IOException {
    return hub.add(Fetching.MODEL)
        .git("config.json", "{}")
        .lfs(FILE, FakeContent.safetensors(SIZE, 1));
  }

  Path at(String name) {
    return folder.resolve("owner--model").resolve(FakeRepository.COMMIT).resolve(name);
  }

  /** What a fetch of the weights has not finished. */
  List<Path> partials() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(file -> file.toString().contains(FILE + ".partial")).forEach(found::add);
    }
    return found;
  }
}
