package dev.pipeline.track.wandb;

/** The fake server of the tests, in a process of its own, until its input ends. */
public final class TrackingServer {
  public static void main(String[] arguments) throws Exception {
    try (FakeWeightsAndBiases server = new FakeWeightsAndBiases()) {
      System.out.println(server.address());
      while (System.in.read() >= 0) {
        // Whoever started it is still there.
      }
    }
  }
}
