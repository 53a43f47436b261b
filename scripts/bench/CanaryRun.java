package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.EvaluationFiles;
import java.nio.file.Path;

/** Prints what an evaluation says of planted secrets, a Markdown line a kind and a secret. */
final class CanaryRun {
  private CanaryRun() {}

  /** Arguments: the run's name, then folders of evaluations. */
  public static void main(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      for (CanaryTable table : CanaryTable.of(EvaluationFiles.read(Path.of(arguments[i])))) {
        for (CanaryTable.Kind kind : table.kinds()) {
          System.out.printf(
              "| %s | %s, mean of %d above unseen | %s | %s (%s) | %s | %s |%n",
              arguments[0],
              kind.name(),
              kind.secrets(),
              kind.base(),
              kind.tuned(),
              kind.interval(),
              kind.unseen(),
              kind.verdict());
        }
        for (CanaryTable.Secret secret : table.secrets()) {
          System.out.printf(
              "| %s | %s: %s | %s | %s | %s | %s |%n",
              arguments[0],
              secret.kind(),
              secret.id(),
              secret.base(),
              secret.tuned(),
              secret.unseen(),
              secret.verdict());
        }
      }
    }
  }
}
