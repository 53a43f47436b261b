package dev.pipeline.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer said about a conversation.
 *
 * @param by the reviewer; absent while the review is pending
 * @param reason why it was rejected, where given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Approval(State state, @Nullable String by, @Nullable String reason) {
  /** Rejects an approval without a state. */
  public Approval {
    Objects.requireNonNull(state, "approval.state is missing");
  }

  /** Not reviewed yet. */
  public static Approval pending() {
    return new Approval(State.PENDING, null, null);
  }

  /** The verdict. */
  public enum State {
    /** Good to learn from. */
    APPROVED,
    /** Nobody has looked yet. */
    PENDING,
    /** Must not be learnt. */
    REJECTED;

    /** The lower-case word used in files. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state called {@code word}, in any case. */
    public static Optional<State> of(String word) {
      return Arrays.stream(values())
          .filter(state -> state.word().equals(word.strip().toLowerCase(Locale.ROOT)))
          .findFirst();
    }
  }
}
