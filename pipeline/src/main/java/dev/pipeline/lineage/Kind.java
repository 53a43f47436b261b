package dev.pipeline.lineage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a node is; in the order in which things are made. */
public enum Kind {
  RAW_FILE,
  RAW_ROW,
  ROW,
  DATASET,
  BASE,
  RUN,
  ADAPTER,
  MERGED,
  GGUF,
  RELEASE,
  OLLAMA,
  PLAN;

  /** As people and JSON call it. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
