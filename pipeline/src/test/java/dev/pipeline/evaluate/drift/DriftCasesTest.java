package dev.pipeline.evaluate.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.embed.LetterEmbedder;
import dev.pipeline.io.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Twenty days on which nothing happened, and twenty on which the model became 15 % more formal:
 * what the demo model answered to the drift prompts with 21 seeds (scripts/bench/drift.sh), one of
 * them the baseline. Formality is {@link Formality}'s, which knows nothing of the rubric; the
 * formal answers are {@link Formaliser}'s, which knows nothing of either.
 */
@Tag("recipe")
class DriftCasesTest {
  private static final double MORE_FORMAL = 1.15;
  private static final double STEP = 0.05;
  private static final double THRESHOLD = 0.1;

  /** A seed's answers and what was found in them. */
  private record Case(
      long seed,
      double formality,
      double share,
      double formal,
      DriftFinding same,
      DriftFinding changed) {
    double rise() {
      return formal / formality - 1;
    }
  }

  @Test
  void anotherSeedIsNoDriftAndFifteenPercentMoreFormalIs() throws IOException {
    Map<Long, List<Transcript>> seeds = seeds();
    List<Transcript> baseline = Objects.requireNonNull(seeds.remove(0L));
    List<Case> cases = new ArrayList<>();
    seeds.forEach((seed, answers) -> cases.add(compare(seed, baseline, answers)));
    Files.writeString(Path.of("target/drift-cases.md"), table(cases));
    assertThat(cases).hasSize(20);
    assertThat(cases).allSatisfy(one -> assertThat(one.rise()).isBetween(0.15, 0.19));
    assertThat(cases).noneSatisfy(one -> assertThat(one.same().drift()).isTrue());
    assertThat(cases).allSatisfy(one -> assertThat(one.changed().drift()).isTrue());
  }

  private static Case compare(long seed, List<Transcript> baseline, List<Transcript> answers) {
    DriftDetector detector = new DriftDetector(THRESHOLD, new LetterEmbedder(26));
    double before = Formality.of(texts(answers));
    double share = 0;
    List<Transcript> formal = answers;
    while (Formality.of(texts(formal)) < MORE_FORMAL * before) {
      share += STEP;
      assertThat(share).as("no rewriting makes seed %d formal enough", seed).isLessThanOrEqualTo(1);
      formal = rewritten(answers, share, seed);
    }
    return new Case(
        seed,
        before,
        share,
        Formality.of(texts(formal)),
        detector.compare(baseline, answers),
        detector.compare(baseline, formal));
  }

  private static List<Transcript> rewritten(List<Transcript> answers, double share, long seed) {
    Random random = new Random(seed);
    return answers.stream()
        .map(
            one ->
                new Transcript(
                    one.id(), one.message(), Formaliser.rewrite(one.answer(), share, random)))
        .toList();
  }

  private static List<String> texts(List<Transcript> transcripts) {
    return transcripts.stream().map(Transcript::answer).toList();
  }

  private static Map<Long, List<Transcript>> seeds() throws IOException {
    Map<Long, List<Transcript>> seeds = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        DriftCasesTest.class.getResourceAsStream("seeds.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Line one = Json.parse(line, Line.class, "seeds.jsonl.gz");
        seeds.computeIfAbsent(one.seed(), any -> new ArrayList<>()).add(one.transcript());
      }
    }
    return seeds;
  }

  /** As {@code DriftSeeds} writes it. */
  private record Line(long seed, Transcript transcript) {}

  private static String table(List<Case> cases) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        | seed | F-score | fall | at least | flagged | sentences rewritten | F-score | more formal | fall | at least | flagged |
        |---:|---:|---:|---:|---|---:|---:|---:|---:|---:|---|
        """);
    for (Case one : cases) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %.1f | %.1f %% | %.1f %% | %s | %.0f %% | %.1f | %.1f %% | %.1f %% | %.1f %% | %s |%n",
              one.seed(),
              one.formality(),
              100 * one.same().fall(),
              100 * one.same().fallAtLeast(),
              one.same().drift() ? "yes" : "no",
              100 * one.share(),
              one.formal(),
              100 * one.rise(),
              100 * one.changed().fall(),
              100 * one.changed().fallAtLeast(),
              one.changed().drift() ? "yes" : "no"));
    }
    return text.toString();
  }
}
