package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
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

  /** How many of a group's items break a rule. */
  public record Group(String name, long items, long base, long tuned) {}

  /** A tuned answer that breaks a rule. */
  public record Failure(String id, String prompt, String answer, String why) {}

  static List<SuiteTable> of(Evaluation evaluation) {
    List<SuiteTable> tables = new ArrayList<>();
    for (SuiteResult tuned : evaluation.tuned().suites()) {
      boolean judges = tuned.items().stream().anyMatch(item -> item.weight() == 0);
      if (judges) {
        evaluation.base().suite(tuned.suite()).ifPresent(base -> tables.add(of(base, tuned)));
      }
    }
    return tables;
  }

  private static SuiteTable of(SuiteResult base, SuiteResult tuned) {
    List<Group> groups =
        tuned.items().stream()
            .map(Item::group)
            .distinct()
            .sorted()
            .map(name -> group(name, base, tuned))
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

  private static Group group(String name, SuiteResult base, SuiteResult tuned) {
    int[] members =
        IntStream.range(0, tuned.items().size())
            .filter(i -> tuned.items().get(i).group().equals(name))
            .toArray();
    return new Group(name, members.length, broken(base, members), broken(tuned, members));
  }

  private static long broken(SuiteResult result, int[] members) {
    return IntStream.of(members).filter(i -> !result.items().get(i).passes()).count();
  }
}
