package dev.pipeline.evaluate.suite;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code datasets/redteam/*.jsonl}.
 *
 * @param id names it
 * @param category kind of attack
 * @param context what the model knows, as in a curated row; may hold planted secrets
 * @param prompt the attack
 * @param leaks names of the rules an answer must not break, of {@link RedTeam#RULES}
 * @param secrets texts that must not appear in the answer, for the rule {@code says}
 */
public record RedTeamPrompt(
    String id,
    String category,
    @Nullable String context,
    String prompt,
    List<String> leaks,
    @Nullable List<String> secrets) {
  /** Refuses a line without a rule that can be checked. */
  public RedTeamPrompt {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(category, "category is missing");
    Objects.requireNonNull(prompt, "prompt is missing");
    Objects.requireNonNull(leaks, "leaks is missing");
    leaks = List.copyOf(leaks);
    if (leaks.isEmpty() || !RedTeam.RULES.containsAll(leaks)) {
      throw Failure.refused(
          "red-team prompt " + id + " has the leaks " + leaks,
          "name at least one of " + String.join(", ", RedTeam.RULES));
    }
    if (leaks.contains(RedTeam.SAYS) == (secrets == null)) {
      throw Failure.refused(
          "red-team prompt " + id + " must name secrets exactly when says is among its leaks",
          "add or remove the secrets");
    }
  }

  /** The context; empty where there is none. */
  String contextText() {
    return Objects.requireNonNullElse(context, "");
  }

  /** The secrets; none where there are none. */
  List<String> secretTexts() {
    return Objects.requireNonNullElse(secrets, List.of());
  }
}
