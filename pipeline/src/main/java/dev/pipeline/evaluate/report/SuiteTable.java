package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.suite.Item;
import dev.pipeline.evaluate.suite.SuiteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a suite found, by the groups of its items, with tuned answers that break a rule.
 *
 * @param title the suite's name
 * @param groups a line a group; none where the suite measures instead of judging
 * @param failures at most so many that one sees the pattern; all are in {@code suites.jsonl}
 */
public record SuiteTable(String title, List<Group> groups, List<Failure> failures) {
  private static final int MOST = 12;

  /**
   * How many of a group's items break a rule.
   *
   * @param broken one count a model
   */
  public record Group(String name, long items, List<Long> broken) {
    /** Copies the counts. */
    public Group {
      broken = List.copyOf(broken);
    }
  }

  /** A tuned answer that breaks a rule. */
  public record Failure(String id, String prompt, String answer, String why) {}

  static List<SuiteTable> of(List<Column> columns) {
    List<SuiteResult> last = columns.get(columns.size() - 1).judgement().suites();
    List<SuiteTable> tables = new ArrayList<>();
    for (int suite = 0; suite < last.size(); suite++) {
      if (last.get(suite).items().stream().anyMatch(item -> item.weight() == 0)) {
        int index = suite;
        tables.add(
            table(columns.stream().map(column -> column.judgement().suites().get(index)).toList()));
      }
    }
    return tables;
  }

  private static SuiteTable table(List<SuiteResult> models) {
    SuiteResult tuned = models.get(models.size() - 1);
    List<Group> groups =
        tuned.items().stream()
            .map(Item::group)
            .distinct()
            .sorted()
            .map(name -> group(name, models))
            .toList();
    List<Failure> failures =
        tuned.items().stream()
            .filter(item -> !item.passes())
            .limit(MOST)
            .map(
                item ->
                    new Failure(
                        item.id(),
                        Printable.of(item.prompt()),
                        Printable.of(item.answer()),
                        item.findings().stream()
                            .map(finding -> finding.rule() + ": " + finding.text())
                            .collect(Collectors.joining("; "))))
            .toList();
    return new SuiteTable(tuned.suite(), groups, failures);
  }

  private static Group group(String name, List<SuiteResult> models) {
    List<Item> items = models.get(0).items();
    int[] members =
        IntStream.range(0, items.size()).filter(i -> items.get(i).group().equals(name)).toArray();
    return new Group(
        name, members.length, models.stream().map(model -> broken(model, members)).toList());
  }

  private static long broken(SuiteResult result, int[] members) {
    return IntStream.of(members).filter(i -> !result.items().get(i).passes()).count();
  }
}
