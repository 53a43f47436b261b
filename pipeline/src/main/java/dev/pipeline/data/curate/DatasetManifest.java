package dev.pipeline.data.curate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.Approval;
import dev.pipeline.data.Sample;
import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.mine.Miner;
import dev.pipeline.data.mine.StyleNormaliser;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.io.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a dataset version is made of: {@code manifest.json}, written last, so that its existence
 * means the version is complete. It holds no time, so that equal input gives an equal version.
 *
 * @param name the dataset
 * @param version SHA-256 over the content files' digests and the rule versions
 * @param files digest of each content file
 * @param counts rows by part, and what was left out
 * @param rejected how many lines and rows were left out for each reason
 * @param inputs the raw files
 * @param rules version of each set of rules
 * @param settings what the user decided
 * @param heldOutFamilies scenario families of the validation rows
 * @param approvals kept rows by review state
 * @param reviewers kept rows by reviewer
 * @param redactions finds replaced in the kept rows, by kind
 */
public record DatasetManifest(
    String name,
    String version,
    Map<String, String> files,
    Map<String, Integer> counts,
    Map<String, Integer> rejected,
    List<InputFile> inputs,
    List<String> rules,
    Settings settings,
    @JsonProperty("held_out_families") List<String> heldOutFamilies,
    Map<String, Integer> approvals,
    Map<String, Integer> reviewers,
    Map<String, Integer> redactions) {
  /** File name of the manifest. */
  public static final String FILE = "manifest.json";

  private static final String NOT_REDACTED = "not-redacted";
  private static final String NOT_DEDUPLICATED = "not-deduplicated";

  /** The settings that shaped the version. */
  public record Settings(
      @JsonProperty("accept_pending") boolean acceptPending,
      @JsonProperty("hold_out") double holdOut,
      long seed,
      @JsonProperty("near_duplicate_threshold") double nearDuplicateThreshold,
      @JsonProperty("shingle_words") int shingleWords,
      Set<String> personas) {}

  /** Describes {@code dataset}, whose content files have the digests {@code files}. */
  static DatasetManifest of(Dataset dataset, CurationSettings settings, Map<String, String> files) {
    Map<String, Integer> approvals = new TreeMap<>();
    Map<String, Integer> reviewers = new TreeMap<>();
    for (Sample row : dataset.accepted()) {
      Approval approval = row.approval();
      approvals.merge(approval.state().word(), 1, Integer::sum);
      String by = approval.by();
      if (by != null) {
        reviewers.merge(by, 1, Integer::sum);
      }
    }
    return new DatasetManifest(
        settings.name(),
        version(files, rules(settings)),
        new TreeMap<>(files),
        counts(dataset),
        dataset.rejectedByReason(),
        dataset.inputs(),
        rules(settings),
        new Settings(
            settings.acceptPending(),
            settings.holdOut(),
            settings.seed(),
            settings.nearDuplicateThreshold(),
            settings.shingleWords(),
            settings.sortedPersonas()),
        dataset.split().heldOut(),
        approvals,
        reviewers,
        dataset.redactions());
  }

  /** Identity of the content: the same rows under the same rules have the same version. */
  static String version(Map<String, String> files, List<String> rules) {
    return Hashes.sha256(new TreeMap<>(files) + "\n" + rules);
  }

  /** What was left undone is a rule, too, so that a control run's data never pass for others. */
  private static List<String> rules(CurationSettings settings) {
    List<String> rules = new ArrayList<>(List.of(Miner.VERSION, StyleNormaliser.VERSION));
    rules.add(settings.redact() ? Redactors.VERSION : NOT_REDACTED);
    rules.add(StyleRules.VERSION);
    if (!settings.deduplicate()) {
      rules.add(NOT_DEDUPLICATED);
    }
    return rules;
  }

  /** Whether identifiers and prices are hidden; not so in the data of a control run. */
  public boolean redacted() {
    return !rules.contains(NOT_REDACTED);
  }

  /** What must be said wherever these data are named; empty for data to learn from. */
  public String warning() {
    return warning(rules);
  }

  /** The same before there are data. */
  public static String warning(CurationSettings settings) {
    return warning(rules(settings));
  }

  private static String warning(List<String> rules) {
    List<String> undone = rules.stream().filter(rule -> rule.startsWith("not-")).toList();
    return undone.isEmpty()
        ? ""
        : "CONTROL DATA, "
            + String.join(" and ", undone).replace('-', ' ').toUpperCase(Locale.ROOT)
            + ": do not share or release what learnt them";
  }

  private static Map<String, Integer> counts(Dataset dataset) {
    long rejectedRows = dataset.rejected().stream().filter(row -> row.row() != null).count();
    int accepted = dataset.accepted().size();
    Map<String, Integer> counts = new TreeMap<>();
    counts.put("mined", accepted + (int) rejectedRows);
    counts.put("accepted", accepted);
    counts.put("train", dataset.split().train().size());
    counts.put("validation", dataset.split().validation().size());
    counts.put("rejected_rows", (int) rejectedRows);
    counts.put("rejected_lines", dataset.rejected().size() - (int) rejectedRows);
    return counts;
  }
}
