package dev.pipeline.evaluate.probe;

import dev.pipeline.evaluate.metric.Finding;
import java.util.List;

/** Reads an answer and says what is wrong with it. */
@FunctionalInterface
public interface Inspector {
  /** What it objects to; empty when nothing. */
  List<Finding> inspect(Exchange exchange);

  /** The same for an answer that nothing before it excuses. */
  default List<Finding> inspect(String answer) {
    return inspect(Exchange.alone(answer));
  }

  /** All that {@code inspectors} find, in their order. */
  static Inspector all(List<Inspector> inspectors) {
    List<Inspector> copy = List.copyOf(inspectors);
    return exchange ->
        copy.stream().flatMap(inspector -> inspector.inspect(exchange).stream()).toList();
  }
}
