package dev.pipeline.fetch;

import java.io.IOException;
import java.util.Random;

/**
 * The stand-in as a program, for {@code scripts/soak/fetch.sh}: a gated model whose one big file
 * loses its connection so many times. Prints address, token and SHA-256, serves until its input
 * ends, and then what happened.
 */
public final class FakeHubMain {
  private FakeHubMain() {}

  /** Arguments: megabytes of the file, lost connections, seed. */
  public static void main(String[] arguments) throws IOException {
    long size = Long.parseLong(arguments[0]) * 1_000_000;
    int disconnects = Integer.parseInt(arguments[1]);
    Random random = new Random(Long.parseLong(arguments[2]));
    try (FakeHub hub = new FakeHub()) {
      FakeRepository repository =
          hub.add("soak/model")
              .git("config.json", "{\"model_type\":\"phi3\"}")
              .lfs("model.safetensors", FakeContent.safetensors(size, random.nextLong()));
      repository.access = FakeRepository.Access.GATED;
      while (hub.misbehaviour.drops.size() < disconnects) {
        hub.misbehaviour.drops.add(random.nextLong(1, size));
      }
      System.out.printf(
          "%s %s %s%n", hub.endpoint(), FakeHub.TOKEN, repository.file("model.safetensors").sha256);
      while (System.in.read() >= 0) {
        // Until the script closes it.
      }
      System.out.printf(
          "%d connections lost, %d requests, %d violations%n",
          hub.misbehaviour.dropped.size(), hub.requests.size(), hub.violations.size());
      hub.violations.forEach(System.out::println);
    }
  }
}
