package dev.pipeline.data.prefer.assemble;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.curate.InputFile;
import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.mine.StyleNormaliser;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.corrupt.Corruptor;
import dev.pipeline.data.prefer.lint.LintWarning;
import dev.pipeline.data.prefer.lint.PairLint;
import dev.pipeline.data.prefer.tag.FailureTagger;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.io.Hashes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a version is made of: {@code manifest.json}. It holds no time, so that equal input gives an
 * equal version.
 *
 * @param name the dataset
 * @param version SHA-256 over the content files' digests and the rule versions
 * @param curated version of the curated dataset whose rows were spoilt and whose split holds here
 * @param files digest of each content file
 * @param counts pairs by part, and what was left out
 * @param rejected how many lines and pairs were left out for each reason
 * @param failures kept pairs by failure mode
 * @param heldOutFailures those of them that are held out
 * @param origins kept pairs by kind of source
 * @param heldOutOrigins those of them that are held out
 * @param inputs the raw files
 * @param rules version of each set of rules
 * @param settings what the user decided
 * @param heldOutFamilies scenario families of the held-out pairs
 * @param lengths how long the answers are
 * @param redactions finds replaced in the kept pairs, by kind
 * @param warnings what the lint says
 */
public record PreferenceManifest(
    String name,
    String version,
    String curated,
    Map<String, String> files,
    Map<String, Integer> counts,
    Map<String, Integer> rejected,
    Map<String, Integer> failures,
    @JsonProperty("held_out_failures") Map<String, Integer> heldOutFailures,
    Map<String, Integer> origins,
    @JsonProperty("held_out_origins") Map<String, Integer> heldOutOrigins,
    List<InputFile> inputs,
    List<String> rules,
    PreferenceSettings settings,
    @JsonProperty("held_out_families") List<String> heldOutFamilies,
    Lengths lengths,
    Map<String, Integer> redactions,
    List<LintWarning> warnings) {
  private static final List<String> RULES =
      List.of(
          StyleNormaliser.VERSION,
          Redactors.VERSION,
          StyleRules.VERSION,
          Corruptor.VERSION,
          FailureTagger.VERSION,
          PairLint.VERSION);

  /** Describes {@code set}, whose content files have the digests {@code files}. */
  static PreferenceManifest of(
      PreferenceSet set, PreferenceSettings settings, Map<String, String> files) {
    Map<String, Integer> counts = new TreeMap<>();
    counts.put("train", set.split().train().size());
    counts.put("validation", set.split().validation().size());
    counts.put("rejected", set.rejected().size());
    return new PreferenceManifest(
        settings.name(),
        Hashes.sha256(new TreeMap<>(files) + "\n" + RULES),
        set.tunedVersion(),
        new TreeMap<>(files),
        counts,
        count(set.rejected(), row -> row.reason()),
        count(set.pairs(), PreferencePair::failureMode),
        count(set.split().validation(), PreferencePair::failureMode),
        count(set.pairs(), pair -> set.origin(pair).word()),
        count(set.split().validation(), pair -> set.origin(pair).word()),
        set.inputs(),
        RULES,
        settings,
        set.split().heldOut(),
        set.lengths(),
        set.redactions(),
        set.warnings());
  }

  private static <T> Map<String, Integer> count(List<T> rows, Function<T, String> name) {
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(name.apply(row), 1, Integer::sum));
    return counts;
  }
}
