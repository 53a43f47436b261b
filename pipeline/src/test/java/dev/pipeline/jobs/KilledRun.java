package dev.pipeline.jobs;

import java.nio.file.Path;

/** A process that runs the counting job and dies at an item, as by kill -9. */
final class KilledRun {
  private KilledRun() {}

  /** Takes the folder, the database or nothing, and the item. */
  public static void main(String[] arguments) {
    int deadly = Integer.parseInt(arguments[2]);
    new Runs(Path.of(arguments[0]), arguments[1])
        .run(
            item -> {
              if (item == deadly) {
                Runtime.getRuntime().halt(137);
              }
            });
  }
}
