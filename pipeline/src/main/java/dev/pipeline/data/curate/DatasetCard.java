package dev.pipeline.data.curate;

import java.util.Map;
import java.util.stream.Collectors;

/** The dataset card (Gebru et al. 2021, Datasheets for Datasets), written from the manifest. */
final class DatasetCard {
  private DatasetCard() {}

  static String markdown(DatasetManifest manifest) {
    return header(manifest)
        + redaction(manifest)
        + style(manifest)
        + split(manifest)
        + approvals(manifest)
        + LIMITS;
  }

  private static String header(DatasetManifest manifest) {
    return """
        # Dataset %s

        Version `%s`.

        %sRows of {instruction, context, ideal_answer}: a supplier's message, the state of the \
        negotiation, and the buyer's reply to learn.

        ## Provenance

        Mined from these files of the raw folder:

        | file | SHA-256 |
        |---|---|
        %s
        Rules: %s.

        ## Figures

        | count | rows |
        |---|---:|
        %s
        Left out, by reason; each stands with its row or line and its source in `rejected.jsonl`:

        | reason | count |
        |---|---:|
        %s
        """
        .formatted(
            manifest.name(),
            manifest.version(),
            manifest.warning().isEmpty() ? "" : "> **" + manifest.warning() + ".**\n\n",
            manifest.inputs().stream()
                .map(input -> "| " + input.file() + " | `" + input.sha256() + "` |\n")
                .collect(Collectors.joining()),
            String.join(", ", manifest.rules()),
            table(manifest.counts()),
            table(manifest.rejected()));
  }

  private static String redaction(DatasetManifest manifest) {
    if (!manifest.redacted()) {
      return "## Redaction policy\n\nNothing was redacted.\n\n";
    }
    return """
        ## Redaction policy

        E-mail addresses, telephone numbers, bank accounts (IBAN), payment cards, postal addresses, \
        companies and people become typed placeholders such as `[PERSON_1]`; the same entity keeps \
        its number throughout a conversation. Exact prices become ranges of the 1-2-5 grid such as \
        `EUR 10 to 20`; the unit stays. Not redacted, for they are no person's: %s.

        Replaced in instructions and answers of the rows kept:

        | kind | count |
        |---|---:|
        %s
        """
        .formatted(String.join(", ", manifest.settings().personas()), table(manifest.redactions()));
  }

  private static String style(DatasetManifest manifest) {
    return """
        ## Style

        Greetings, sign-offs and signatures are stripped. A row is left out unless its answer opens \
        with an acknowledgement of at most 20 tokens, makes exactly one suggestion, mentions nothing \
        internal and holds no identifier. Rows whose words occurred before, or whose %d-word shingles \
        have a Jaccard similarity of at least %s with an earlier row, are left out too, and so are all \
        rows whose answer has a code that another conversation's answers have.

        """
        .formatted(
            manifest.settings().shingleWords(), manifest.settings().nearDuplicateThreshold());
  }

  private static String split(DatasetManifest manifest) {
    return """
        ## Split

        %s of the rows are held out by whole scenario families (seed %d), so that no near copy of a \
        training row is among them. Held out: %s.

        """
        .formatted(
            manifest.settings().holdOut(),
            manifest.settings().seed(),
            String.join(", ", manifest.heldOutFamilies()));
  }

  private static String approvals(DatasetManifest manifest) {
    return """
        ## Reviewer approvals

        Conversations without a review are %s (`accept_pending`); rejected ones never are.

        | state | rows |
        |---|---:|
        %s
        | reviewer | rows |
        |---|---:|
        %s
        """
        .formatted(
            manifest.settings().acceptPending() ? "kept" : "left out",
            table(manifest.approvals()),
            table(manifest.reviewers()));
  }

  private static String table(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> "| " + entry.getKey() + " | " + entry.getValue() + " |\n")
        .collect(Collectors.joining());
  }

  private static final String LIMITS =
      """
      ## Known limits

      - People are found by known names, titles and context, not by a language model: an unusual name \
      in an unusual place can survive, and a rare word can be taken for a name.
      - Companies are redacted only where the raw data name them in a field of their own.
      - A secret that is neither of a known form nor a code, such as a pass phrase of plain words, is \
      not seen, nor is a code in the rows of one conversation only.
      - `rejected.jsonl` holds lines that could not be read as they were, unredacted, and rows left out \
      for their codes: do not share it.
      """;
}
