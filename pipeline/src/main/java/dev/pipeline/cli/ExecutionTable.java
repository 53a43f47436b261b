package dev.pipeline.cli;

import dev.pipeline.jobs.ExecutionView;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Executions as text. */
final class ExecutionTable {

  private ExecutionTable() {}

  /** One line an execution. */
  static String of(List<ExecutionView> executions) {
    return row("id", "job", "state", "key", "started", "ended")
        + executions.stream().map(ExecutionTable::row).collect(Collectors.joining());
  }

  /** One execution with its steps. */
  static String of(ExecutionView execution) {
    StringBuilder text = new StringBuilder(of(List.of(execution)));
    text.append(
        String.format(
            Locale.ROOT,
            "config %s%n",
            String.join(
                " ",
                Stream.concat(Stream.of(execution.config()), execution.overrides().stream())
                    .toList())));
    execution.steps().forEach(step -> text.append(row(step)));
    if (execution.position() != null) {
      text.append(String.format(Locale.ROOT, "at %s%n", execution.position()));
    }
    if (execution.error() != null) {
      text.append(String.format(Locale.ROOT, "error %s%n", execution.error()));
    }
    return text.toString();
  }

  private static String row(ExecutionView view) {
    return row(
        String.valueOf(view.id()),
        view.job() + (view.after() == null ? "" : " after " + view.after()),
        view.state(),
        view.key(),
        Objects.requireNonNullElse(view.started(), "-"),
        Objects.requireNonNullElse(view.ended(), "-"));
  }

  private static String row(ExecutionView.StepView step) {
    // Recipes keep their own count; only steps that work in chunks have one here.
    String count =
        step.read() == 0
            ? ""
            : String.format(Locale.ROOT, "read %d, written %d", step.read(), step.written());
    return String.format(Locale.ROOT, "  %-14s %-9s %s", step.name(), step.state(), count)
            .stripTrailing()
        + System.lineSeparator();
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%-5s %-18s %-9s %-17s %-20s %s%n", (Object[]) cells);
  }
}
