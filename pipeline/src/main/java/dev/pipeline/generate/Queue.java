package dev.pipeline.generate;

import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Prompts that wait, run and are done. Rows that run stand as the engine's rows do. */
final class Queue {
  private final List<Prompt> prompts;
  private final Function<Prompt, Row> start;
  private final List<Row> running = new ArrayList<>();
  private final Map<String, Continuation> done = new HashMap<>();
  private int admitted;

  Queue(List<Prompt> prompts, Function<Prompt, Row> start) {
    this.prompts = List.copyOf(prompts);
    this.start = start;
    Set<String> ids = new HashSet<>();
    for (Prompt prompt : prompts) {
      if (!ids.add(prompt.id())) {
        throw Failure.refused(
            "two prompts have the id " + prompt.id(), "give each its own; the draws depend on it");
      }
    }
  }

  /** Whether every prompt is done. */
  boolean isEmpty() {
    return done.size() == prompts.size();
  }

  List<Row> running() {
    return running;
  }

  int done() {
    return done.size();
  }

  /** Lets waiting prompts run, as the last rows, until {@code most} do; returns those. */
  List<Row> admit(int most) {
    int count = Math.min(most - running.size(), prompts.size() - admitted);
    List<Row> fresh = prompts.subList(admitted, admitted + count).stream().map(start).toList();
    running.addAll(fresh);
    admitted += count;
    return fresh;
  }

  /** Takes out what is done; {@code remove} hears of each row that the last one takes over. */
  void retire(IntConsumer remove) {
    for (int place = running.size() - 1; place >= 0; place--) {
      Row row = running.get(place);
      if (row.isDone()) {
        Row last = running.remove(running.size() - 1);
        if (place < running.size()) {
          running.set(place, last);
        }
        remove.accept(place);
        done.put(row.continuation().id(), row.continuation());
      }
    }
  }

  /** What was written, in the prompts' order. */
  List<Continuation> continuations() {
    return prompts.stream().map(prompt -> Objects.requireNonNull(done.get(prompt.id()))).toList();
  }
}
