package dev.pipeline.jobs;

import java.nio.file.Files;
import java.util.Optional;

/**
 * The road that a command follows.
 *
 * @param words why, and how to get the other; empty where there is no choice
 */
record RoadChoice(Road road, Optional<String> words) {
  /**
   * The road of the model that was evaluated or published last, so that what is released is what
   * was looked at, unless {@code request} says another.
   */
  static RoadChoice of(RunRequest request) {
    Workspace workspace = Workspace.of(request.config().model());
    Optional<Road> last = Road.last(request.config().model());
    Road road = request.road().or(() -> last).orElse(Road.SFT);
    boolean choice =
        Chain.standsOnEveryRoad(request.job())
            && (road == Road.DPO || Files.exists(workspace.model().resolve(Road.DPO.trainer())));
    return new RoadChoice(
        road, choice ? Optional.of(words(road, reason(request, last), request)) : Optional.empty());
  }

  private static String reason(RunRequest request, Optional<Road> last) {
    if (request.road().isPresent()) {
      return "like what is restarted";
    }
    return last.isPresent() ? "whose model came last" : "for no model was evaluated yet";
  }

  private static String words(Road road, String reason, RunRequest request) {
    Road other = road == Road.SFT ? Road.DPO : Road.SFT;
    return "the road of run %s, %s; for the other, pipeline %s"
        .formatted(road.trainer(), reason, request.whole(other).command());
  }
}
