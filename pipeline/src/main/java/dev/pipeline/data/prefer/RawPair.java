package dev.pipeline.data.prefer;

import java.util.List;
import java.util.Objects;

/**
 * A pair as it was found, not yet redacted.
 *
 * @param pair its texts; the failure mode is empty where nobody named one
 * @param origin what kind of source it comes from
 * @param people full names that structured fields reveal
 * @param companies company names that structured fields reveal
 */
public record RawPair(
    PreferencePair pair, Origin origin, List<String> people, List<String> companies) {
  /** Rejects a missing part. */
  public RawPair {
    Objects.requireNonNull(pair, "pair is missing");
    Objects.requireNonNull(origin, "origin is missing");
    people = List.copyOf(people);
    companies = List.copyOf(companies);
  }

  /** A pair whose texts were redacted before. */
  public static RawPair synthetic(PreferencePair pair, Origin origin) {
    return new RawPair(pair, origin, List.of(), List.of());
  }
}
