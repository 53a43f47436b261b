package dev.pipeline.track;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that was measured at one step.
 *
 * @param step optimiser steps done
 * @param values numbers by name
 */
public record Row(long step, Map<String, Object> values) {
  /** The same with what another line says of that step. */
  Row with(Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.putAll(more);
    return new Row(step, all);
  }
}
