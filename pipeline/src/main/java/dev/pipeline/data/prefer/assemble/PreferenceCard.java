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

        The files of the raw folder, and the rows of the curated dataset `%s`, whose answers are \
        chosen over a copy spoilt by rule (%d failures a row, %d training rows and all held-out ones) \
        and over what the base model answers at temperature %s (%d rows) and what the fine-tuned model answers at temperature %s (%d rows):

        | file | SHA-256 |
        |---|---|
        %s
        Rules: %s.

        """
        .formatted(
            manifest.name(),
            manifest.version(),
            manifest.curated(),
            manifest.settings().pairsPerRow(),
            manifest.settings().spoiltRows(),
            manifest.settings().temperature(),
            manifest.settings().sampledRows(),
            manifest.settings().onPolicyTemperature(),
            manifest.settings().onPolicyRows(),
            manifest.inputs().stream()
                .map(input -> "| " + input.file() + " | `" + input.sha256() + "` |\n")
                .collect(Collectors.joining()),
            String.join(", ", manifest.rules()));
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
        | source | pairs |
        |---|---:|
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
            table(manifest.origins()),
            manifest.failures().entrySet().stream()
                .map(
                    mode ->
                        "| %s | %d | %d |\n"
                            .formatted(
                                mode.getKey(),
                                mode.getValue(),
                                manifest.heldOutFailures().getOrDefault(mode.getKey(), 0)))
                .collect(Collectors.joining()),
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
