package dev.pipeline.data.lint;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pipeline.data.text.RarePattern;
import dev.pipeline.data.text.WordList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Nothing about tools, guardrails, approval limits, escalation or the machine behind the answer.
 */
final class NoInternalsRule implements LintRule {
  private static final RarePattern INTERNAL =
      RarePattern.ofWords(
          "(?i)(?:"
              + String.join("|", WordList.entries(NoInternalsRule.class, "internals.txt"))
              + ")");

  /** Two words run together, as software is named: StockPilot, FreightLattice. */
  private static final Pattern SOFTWARE = Pattern.compile("\\b(?:[A-Z][a-z]{2,}){2,}\\b");

  @Override
  public String name() {
    return "internals";
  }

  @Override
  public Optional<String> check(String answer, TokenCounter tokens) {
    return mentions(answer).stream().findFirst().map(mention -> "mentions '" + mention + "'");
  }

  /** Every such word or phrase in {@code answer}. */
  static List<String> mentions(String answer) {
    List<String> mentions = new ArrayList<>(INTERNAL.all(answer));
    if (hasHump(answer)) {
      Matcher matcher = SOFTWARE.matcher(answer);
      while (matcher.find()) {
        mentions.add(matcher.group());
      }
    }
    return mentions;
  }

  /** Whether a capital follows a small letter, without which no two words run together. */
  private static boolean hasHump(String text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      char before = text.charAt(i - 1);
      if (c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z') {
        return true;
      }
    }
    return false;
  }
}
