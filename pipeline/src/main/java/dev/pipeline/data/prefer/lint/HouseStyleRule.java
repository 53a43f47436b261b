package dev.pipeline.data.prefer.lint;

import dev.pipeline.data.lint.Finding;
import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.prefer.PreferencePair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Chosen answers that a training row could not have: they teach against the house style. */
final class HouseStyleRule implements PairRule {
  @Override
  public String name() {
    return "house-style";
  }

  @Override
  public Optional<String> check(PairSet set) {
    StyleRules style = StyleRules.standard();
    Map<String, Integer> broken = new TreeMap<>();
    List<PreferencePair> pairs = new ArrayList<>();
    for (PreferencePair pair : set.pairs()) {
      List<Finding> findings = style.check(pair.chosen(), set.tokens());
      findings.forEach(finding -> broken.merge(finding.rule(), 1, Integer::sum));
      if (!findings.isEmpty()) {
        pairs.add(pair);
      }
    }
    return pairs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d chosen answers break the house style %s: %s"
                .formatted(pairs.size(), broken, Named.first(pairs)));
  }
}
