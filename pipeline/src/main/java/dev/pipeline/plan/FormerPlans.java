package dev.pipeline.plan;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import dev.pipeline.io.LineLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Plans in the one file that held them before there were vectors; they are taken over once. */
final class FormerPlans {
  private FormerPlans() {}

  /** Hands what {@code file} holds to {@code outbox} and gives it another name. */
  static void moveTo(Outbox outbox, Path file) {
    if (!Files.exists(file)) {
      return;
    }
    int number = 0;
    for (String line : new LineLog(file).read()) {
      number++;
      outbox.append(Json.parse(line, PlanRecord.class, file + " line " + number).note());
    }
    try {
      Files.move(
          file, file.resolveSibling("plans.jsonl.taken"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }
}
