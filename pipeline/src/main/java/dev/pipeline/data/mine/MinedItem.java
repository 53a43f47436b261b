package dev.pipeline.data.mine;

import dev.pipeline.data.Sample;
import dev.pipeline.data.redact.Identities;
import java.util.Objects;

/**
 * A row as mined, not yet redacted, with what its whole conversation reveals about who takes part;
 * one line of {@code mined.jsonl}.
 */
public record MinedItem(Sample sample, Identities identities) {
  /** Rejects an item that lacks a part. */
  public MinedItem {
    Objects.requireNonNull(sample, "sample is missing");
    Objects.requireNonNull(identities, "identities is missing");
  }
}
