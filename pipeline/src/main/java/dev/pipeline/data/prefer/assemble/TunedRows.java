package dev.pipeline.data.prefer.assemble;

import dev.pipeline.data.Sample;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The curated rows that the model is tuned on, and those it is judged on.
 *
 * @param version of their dataset
 */
public record TunedRows(String version, List<Sample> train, List<Sample> heldOut) {
  /** Copies the lists. */
  public TunedRows {
    train = List.copyOf(train);
    heldOut = List.copyOf(heldOut);
  }

  /** Tells on which side a scenario or a conversation stands. */
  Sides sides() {
    return new Sides(
        names(train, Sample::family),
        names(heldOut, Sample::family),
        names(train, TunedRows::origin),
        names(heldOut, TunedRows::origin));
  }

  private static String origin(Sample row) {
    return origin(row.source().file(), row.source().conversation());
  }

  private static String origin(String file, String conversation) {
    return file + "\n" + conversation;
  }

  private static Set<String> names(List<Sample> rows, Function<Sample, String> name) {
    return rows.stream()
        .map(name)
        .filter(word -> !word.isBlank())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What stands on which side. */
  record Sides(
      Set<String> trainFamilies,
      Set<String> heldOutFamilies,
      Set<String> trainConversations,
      Set<String> heldOutConversations) {

    /** Whether the pair must be held out; empty when neither its row nor its family is known. */
    Optional<Boolean> heldOut(String family, String file, String conversation) {
      String origin = origin(file, conversation);
      if (heldOutConversations.contains(origin) || heldOutFamilies.contains(family)) {
        return Optional.of(true);
      }
      if (trainConversations.contains(origin) || trainFamilies.contains(family)) {
        return Optional.of(false);
      }
      return Optional.empty();
    }
  }
}
