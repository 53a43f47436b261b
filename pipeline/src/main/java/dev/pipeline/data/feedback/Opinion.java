package dev.pipeline.data.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.data.RoundState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said about an answer.
 *
 * @param time when it was said, ISO-8601; null where the sender did not tell
 * @param release version of the model that answered; null where it is not known
 * @param scenario scenario family, as in raw conversations; empty where none is named
 * @param state where the negotiation stood; null where the sender did not tell
 * @param earlier what was said before the message
 * @param message what the supplier wrote
 * @param answer what the model answered
 * @param edit what should have been answered; null where nobody wrote it
 * @param comment why; null where nobody said
 * @param who pseudonym of the person, the same for the same person; null where nobody is named
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Opinion(
    @Nullable String time,
    @Nullable String release,
    String scenario,
    @Nullable RoundState state,
    List<Said> earlier,
    String message,
    String answer,
    Thumb thumb,
    @Nullable String edit,
    @Nullable String comment,
    @Nullable String who) {
  /** Copies the list. */
  public Opinion {
    earlier = List.copyOf(earlier);
  }

  /** The same without the pseudonym, which another key would make another. */
  Opinion anonymous() {
    return new Opinion(
        time, release, scenario, state, earlier, message, answer, thumb, edit, comment, null);
  }
}
