package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Finding;
import java.util.List;

/** Reads an answer and says what is wrong with it. */
@FunctionalInterface
public interface Inspector {
  /** What it objects to in {@code answer}; empty when nothing. */
  List<Finding> inspect(String answer);

  /** All that {@code inspectors} find, in their order. */
  static Inspector all(List<Inspector> inspectors) {
    List<Inspector> copy = List.copyOf(inspectors);
    return answer ->
        copy.stream().flatMap(inspector -> inspector.inspect(answer).stream()).toList();
  }
}
