package dev.pipeline.release;

import dev.pipeline.io.Failure;
import java.util.List;

/**
 * Somebody's decision to publish what the gate refused; it stays in {@code releases.json}.
 *
 * @param by who decided
 * @param reason why
 * @param failed what the gate had said
 */
public record GateOverride(String by, String reason, List<String> failed) {
  /** Refuses an override without a name or a reason. */
  public GateOverride {
    failed = List.copyOf(failed);
    if (by.isBlank() || reason.isBlank()) {
      throw Failure.usage(
          "an override of the gate names who decided and why",
          "write --override \"REASON\" --by \"NAME\"");
    }
  }

  /** The decision, before it is known what the gate says. */
  public static GateOverride of(String by, String reason) {
    OneLine.require("--override", reason);
    OneLine.require("--by", by);
    return new GateOverride(by, reason, List.of());
  }

  GateOverride over(List<String> reasons) {
    return new GateOverride(by, reason, reasons);
  }
}
