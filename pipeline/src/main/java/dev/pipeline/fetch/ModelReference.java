package dev.pipeline.fetch;

import dev.pipeline.config.ModelRegistry;
import dev.pipeline.io.Failure;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which model, and which state of it.
 *
 * @param repository the repository
 * @param revision a branch, a tag or a commit
 */
public record ModelReference(RepositoryId repository, String revision) {
  /** The branch that is meant when none is named. */
  public static final String MAIN = "main";

  private static final Pattern REVISION =
      Pattern.compile("(?!.*(\\.\\.|//))[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** Refuses a revision that git would not take for one. */
  public ModelReference {
    if (!REVISION.matcher(revision).matches()) {
      throw Failure.usage(
          "\"" + Printable.of(revision) + "\" is no revision",
          "name a branch, a tag or a commit, such as main");
    }
  }

  /**
   * Reads {@code owner/name}, {@code owner/name@revision}, or a name of the registry in place of
   * {@code owner/name}.
   *
   * @param revision wins over nothing: naming two revisions is refused
   */
  public static ModelReference parse(
      String text, @Nullable String revision, ModelRegistry registry) {
    if (text.isBlank()) {
      throw Failure.usage(
          "no model is named",
          "name one as OWNER/NAME, such as microsoft/phi-4, or as in " + registry.folder());
    }
    int at = text.indexOf('@');
    String named = at < 0 ? text : text.substring(0, at);
    if (at >= 0 && revision != null) {
      throw Failure.usage(
          "two revisions are named", "leave out --revision, or " + text.substring(at));
    }
    String wanted = at >= 0 ? text.substring(at + 1) : revision == null ? MAIN : revision;
    String source = named.contains("/") ? named : registry.source(named);
    return new ModelReference(RepositoryId.parse(source), wanted);
  }

  /** Whether {@code text} is the full name of a commit, which never means anything else. */
  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  @Override
  public String toString() {
    return revision.equals(MAIN) ? repository.toString() : repository + "@" + revision;
  }
}
