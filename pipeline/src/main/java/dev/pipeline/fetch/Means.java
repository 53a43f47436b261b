package dev.pipeline.fetch;

import dev.pipeline.fetch.PartialFile.FileOpener;
import dev.pipeline.io.StopSignal;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * What a fetch works with: the real ones, or those of a test.
 *
 * @param settings how stubborn and how wide
 * @param pause waits between attempts
 * @param random jitter of the waits
 * @param room how much the disk takes
 * @param opener opens files that are being written
 */
record Means(
    FetchSettings settings, Pause pause, RandomGenerator random, Room room, FileOpener opener) {
  static Means real(int connections, StopSignal stop) {
    return new Means(
        FetchSettings.DEFAULTS.withConnections(connections),
        Pause.real(stop),
        // Thread-safe, unlike most of its kind.
        new java.util.Random(),
        Room::onDisk,
        PartialFile::opened);
  }

  Patience patience(BooleanSupplier over) {
    return new Patience(settings.attempts(), pause, over, random);
  }
}
