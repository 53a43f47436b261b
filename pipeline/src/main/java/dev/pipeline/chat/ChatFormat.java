package dev.pipeline.chat;

import java.util.Optional;

/**
 * Which chat template a model talks in, where the settings have a say in it.
 *
 * @param instead a template that is used instead of the folder's own
 * @param missing a template for a folder that brings none
 */
public record ChatFormat(Optional<String> instead, Optional<String> missing) {
  /** The folder's own template, and nothing else. */
  public static final ChatFormat OF_FOLDER = new ChatFormat(Optional.empty(), Optional.empty());

  /** Whether the folder alone decides. */
  public boolean isFolders() {
    return equals(OF_FOLDER);
  }

  /** The template to use, given the folder's own. */
  Optional<String> template(Optional<String> own) {
    return instead.or(() -> own).or(() -> missing);
  }
}
