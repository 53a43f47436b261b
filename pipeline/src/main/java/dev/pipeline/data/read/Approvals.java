package dev.pipeline.data.read;

import dev.pipeline.data.Approval;
import org.jspecify.annotations.Nullable;

/** Reads a review, whose keys differ from shape to shape. */
final class Approvals {
  private Approvals() {}

  /** Reads the review in {@code fields}, where the verdict and the reviewer have these keys. */
  static Approval read(Fields fields, String verdictKey, String reviewerKey) {
    if (!fields.has(verdictKey)) {
      return Approval.pending();
    }
    Approval.State state =
        Approval.State.of(fields.text(verdictKey))
            .orElseThrow(() -> fields.wrong(verdictKey, "approved, pending or rejected"));
    return new Approval(state, optional(fields, reviewerKey), optional(fields, "reason"));
  }

  private static @Nullable String optional(Fields fields, String key) {
    return fields.has(key) ? fields.text(key) : null;
  }
}
