package dev.pipeline.data.prefer.tag;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pipeline.data.prefer.FailureMode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Names a figure in digits that stands neither in what was said nor in the good answer. */
final class UngroundedNumberTag implements FailureRule {
  private static final Pattern FIGURE = Pattern.compile("\\d+(?:[.,]\\d+)*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z]+_\\d+\\]");

  @Override
  public FailureMode mode() {
    return FailureMode.UNGROUNDED_NUMBER;
  }

  @Override
  public Optional<String> check(Candidate candidate) {
    Set<String> invented = figures(candidate.answer());
    invented.removeAll(figures(candidate.given()));
    // The figure itself is not repeated: a rationale is read without the text around it.
    return invented.isEmpty() ? Optional.empty() : Optional.of("Names a figure nobody has given.");
  }

  private static Set<String> figures(String text) {
    Set<String> figures = new HashSet<>();
    Matcher matcher = FIGURE.matcher(PLACEHOLDER.matcher(text).replaceAll(" "));
    while (matcher.find()) {
      figures.add(matcher.group().replaceAll("[.,]", ""));
    }
    return figures;
  }
}
