package dev.pipeline.fetch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.pipeline.io.Failure;
import java.util.regex.Pattern;

/**
 * The name of a repository on a hub, such as {@code microsoft/phi-4}.
 *
 * @param owner a person or an organisation
 * @param name the repository
 */
public record RepositoryId(String owner, String name) {
  /** What the hub allows, but for names without an owner; "--" separates the two in a folder. */
  private static final Pattern PART =
      Pattern.compile("(?!.*(--|\\.\\.))[A-Za-z0-9_]([A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?");

  /** Refuses what could lead out of a folder or an address. */
  public RepositoryId {
    if (!PART.matcher(owner).matches() || !PART.matcher(name).matches()) {
      throw new IllegalArgumentException(owner + "/" + name);
    }
  }

  /** Whether {@code text} has the shape of a repository's name. */
  public static boolean isOne(String text) {
    String[] parts = text.split("/", -1);
    return parts.length == 2
        && PART.matcher(parts[0]).matches()
        && PART.matcher(parts[1]).matches();
  }

  /** Reads {@code owner/name}. */
  @JsonCreator
  public static RepositoryId parse(String text) {
    if (!isOne(text)) {
      throw Failure.usage(
          "\"" + Printable.of(text) + "\" is no name of a model on a hub",
          "write it as owner/name, such as microsoft/phi-4");
    }
    String[] parts = text.split("/", -1);
    return new RepositoryId(parts[0], parts[1]);
  }

  /** How its folder is called. */
  String folderName() {
    return owner + "--" + name;
  }

  @JsonValue
  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
