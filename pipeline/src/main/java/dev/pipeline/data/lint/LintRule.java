package dev.pipeline.data.lint;

import java.util.Optional;

/**
 * One rule of style. It looks at the answer alone, so that it judges a training row and a generated
 * answer alike.
 */
public interface LintRule {
  /** Short name, in kebab case. */
  String name();

  /** What is wrong with {@code answer}, or empty; {@code tokens} counts as the base model does. */
  Optional<String> check(String answer, TokenCounter tokens);
}
