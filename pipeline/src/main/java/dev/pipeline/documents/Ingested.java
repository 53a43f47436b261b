package dev.pipeline.documents;

import java.util.List;

/**
 * What became of a folder.
 *
 * @param collection where it went
 * @param files text files read
 * @param chunks pieces that the collection holds of them now
 * @param embedded pieces that were new or changed
 * @param unchanged pieces that were there already
 * @param removed pieces that are no more in the folder
 * @param skipped files that are too large or no text, by their path in the folder
 */
public record Ingested(
    String collection,
    int files,
    int chunks,
    int embedded,
    int unchanged,
    int removed,
    List<String> skipped) {
  /** Copies the list. */
  public Ingested {
    skipped = List.copyOf(skipped);
  }
}
