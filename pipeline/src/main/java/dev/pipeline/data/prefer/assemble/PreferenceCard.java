package dev.pipeline.data.prefer.assemble;

import java.util.Map;
import java.util.stream.Collectors;

/** The dataset card (Gebru et al. 2021, Datasheets for Datasets), written from the manifest. */
final class PreferenceCard {
  private PreferenceCard() {}

  static String markdown(PreferenceManifest manifest) {
    return header(manifest)
        + warnings(manifest)
        + figures(manifest)
        + lengths(manifest)
        + split(manifest)
        + redaction(manifest)
        + LIMITS;
  }

  private static String header(PreferenceManifest manifest) {
    return """
        # Preferences %s

        Version `%s`.

        Pairs of {prompt, context, chosen, rejected, rationale, failure_mode}: a supplier's message, \
        the state of the negotiation, a good answer, a worse one, and what is wrong with it.

        ## Provenance

        The files of the raw folder, some of whose pairs were spoilt or sampled when the files were \
        made (`origin`), and the rows of the curated dataset `%s` of which the files bring no such \
        pair. Asked for were

        - spoilt copies of the answers: %s,
        - answers of the base model at temperature %s: %d,
        - answers of the fine-tuned model at temperature %s: %d.

        An answer in which no rule finds a failure is left out.

        | file | SHA-256 |
        |---|---|
        %s
        Rules: %s.

        """
        .formatted(
            manifest.name(),
            manifest.version(),
            manifest.curated(),
            spoilt(manifest.settings()),
            manifest.settings().temperature(),
            manifest.settings().sampledRows(),
            manifest.settings().onPolicyTemperature(),
            manifest.settings().onPolicyRows(),
            manifest.inputs().stream()
                .map(input -> "| " + input.file() + " | `" + input.sha256() + "` |\n")
                .collect(Collectors.joining()),
            String.join(", ", manifest.rules()));
  }

  private static String spoilt(PreferenceSettings settings) {
    return settings.spoiltRows() == 0
        ? "none"
        : "%d each of %d training rows and all held-out ones"
            .formatted(settings.pairsPerRow(), settings.spoiltRows());
  }

  private static String warnings(PreferenceManifest manifest) {
    String list =
        manifest.warnings().stream()
            .map(warning -> "- **" + warning.rule() + "**: " + warning.message() + "\n")
            .collect(Collectors.joining());
    return "## Warnings\n\n" + (list.isEmpty() ? "None.\n" : list) + "\n";
  }

  private static String figures(PreferenceManifest manifest) {
    return """
        ## Figures

        | count | pairs |
        |---|---:|
        %s
        | source | pairs | held out |
        |---|---:|---:|
        %s
        | failure | pairs | held out |
        |---|---:|---:|
        %s
        Left out, by reason; each stands with its line or pair, its source and a remedy in \
        `rejected.jsonl`:

        | reason | count |
        |---|---:|
        %s
        """
        .formatted(
            table(manifest.counts()),
            table(manifest.origins(), manifest.heldOutOrigins()),
            table(manifest.failures(), manifest.heldOutFailures()),
            table(manifest.rejected()));
  }

  private static String lengths(PreferenceManifest manifest) {
    return """
        ## Length

        A chosen answer has %s tokens on average, a rejected one %s. In %d pairs to learn from and %d \
        held out the two differ by at most a tenth of the longer one.

        """
        .formatted(
            manifest.lengths().chosen(),
            manifest.lengths().rejected(),
            manifest.lengths().matchedTrain(),
            manifest.lengths().matchedValidation());
  }

  private static String split(PreferenceManifest manifest) {
    return """
        ## Split

        Whole scenario families are held out: those that the curated dataset holds out and, of the \
        families it does not know, %s of the pairs (seed %d). No held-out prompt stands, word by word, \
        among the curated training rows or the pairs to learn from. Held out: %s.

        """
        .formatted(
            manifest.settings().heldOutShare(),
            manifest.settings().seed(),
            String.join(", ", manifest.heldOutFamilies()));
  }

  private static String redaction(PreferenceManifest manifest) {
    return """
        ## Redaction policy

        As for the curated dataset. Not redacted, for they are no person's: %s. Replaced in the pairs \
        kept; curated rows were redacted before:

        | kind | count |
        |---|---:|
        %s
        """
        .formatted(String.join(", ", manifest.settings().personas()), table(manifest.redactions()));
  }

  private static String table(Map<String, Integer> counts, Map<String, Integer> heldOut) {
    return counts.entrySet().stream()
        .map(
            entry ->
                "| %s | %d | %d |\n"
                    .formatted(
                        entry.getKey(), entry.getValue(), heldOut.getOrDefault(entry.getKey(), 0)))
        .collect(Collectors.joining());
  }

  private static String table(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> "| " + entry.getKey() + " | " + entry.getValue() + " |\n")
        .collect(Collectors.joining());
  }

  private static final String LIMITS =
      """
      ## Known limits

      - Failures of spoilt and sampled answers are named by rules, not by readers: an answer that \
      fails in two ways bears the graver name.
      - An answer spoilt by rule fails in one sentence, and its phrases come from lists; a model can \
      learn the phrases. Judge a tuned model by the other sources, too.
      - `rejected.jsonl` holds lines that could not be read as they were, unredacted: do not share it.
      """;
}
