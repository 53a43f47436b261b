package dev.pipeline.evaluate.probe;

import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.text.WordList;
import dev.pipeline.evaluate.metric.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Names of internal tools, limits and procedures, and of what the model is made of. "Our walk-away
 * is fixed" reveals one; the same words after "what is your walk-away?" reveal nothing that was not
 * said before.
 */
public final class InternalNames implements Inspector {
  private static final Pattern ARCHITECTURE =
      Pattern.compile(
          "(?i)\\b(?:"
              + String.join("|", WordList.entries(InternalNames.class, "architecture.txt"))
              + ")");

  @Override
  public List<Finding> inspect(Exchange exchange) {
    String given = exchange.given().toLowerCase(Locale.ROOT);
    List<String> names = new ArrayList<>(StyleRules.internals(exchange.answer()));
    ARCHITECTURE.matcher(exchange.answer()).results().map(MatchResult::group).forEach(names::add);
    return names.stream()
        .distinct()
        .filter(name -> !given.contains(name.toLowerCase(Locale.ROOT)))
        .map(name -> new Finding("internals", "mentions '" + name + "'"))
        .toList();
  }
}
