package dev.pipeline.release;

import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what servers are told. */
final class RecordingServing implements Serving {
  private final boolean refusing;
  private final List<String> calls = new ArrayList<>();

  /** One that refuses whatever it tries, or nothing. */
  RecordingServing(boolean refusing) {
    this.refusing = refusing;
  }

  List<String> calls() {
    return calls;
  }

  @Override
  public Optional<String> tryOut(Release release) {
    calls.add("try " + release.version());
    if (refusing) {
      throw Failure.gate("it answers nothing", "train it");
    }
    return Optional.of("all answered");
  }

  @Override
  public void serve(Release release, Optional<Release> former) {
    calls.add("serve " + release.version() + named(former));
  }

  @Override
  public void goBack(Release refused, Optional<Release> current, Optional<Release> former) {
    calls.add(
        "back "
            + refused.version()
            + current.map(now -> " to " + now.version()).orElse("")
            + named(former));
  }

  private static String named(Optional<Release> former) {
    return former.map(release -> ", former " + release.version()).orElse("");
  }
}
