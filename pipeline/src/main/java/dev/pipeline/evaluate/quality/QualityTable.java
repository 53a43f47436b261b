package dev.pipeline.evaluate.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Quantised files beside the F16 file they were made of.
 *
 * @param rows held-out rows that were predicted
 * @param tokens of their answers
 * @param files F16 first
 * @param gains by type, where a file was made both ways
 */
public record QualityTable(
    int rows,
    int tokens,
    List<FileQuality> files,
    @JsonProperty("importance_matrix_gains") List<WeightedGain> gains) {
  private static final double MEGA = 1e6;
  private static final int PERCENT = 100;

  /** Copies the lists. */
  public QualityTable {
    files = List.copyOf(files);
    gains = List.copyOf(gains);
  }

  /** What a matrix does to {@code quantisation}, where it was tried. */
  public Optional<WeightedGain> gain(String quantisation) {
    return gains.stream().filter(gain -> gain.quantisation().equals(quantisation)).findFirst();
  }

  /** The file of that type, made that way. */
  public Optional<FileQuality> file(String quantisation, boolean weighted) {
    return files.stream()
        .filter(file -> file.quantisation().equals(quantisation) && file.weighted() == weighted)
        .findFirst();
  }

  /** The table for people, in Markdown. */
  public String markdown() {
    StringBuilder text =
        new StringBuilder(
            "| file | MB | bits a weight | KLD from F16, nats | 95 % | same top token | 95 % |"
                + " prompt, tokens/s | generation |\n"
                + "|---|---:|---:|---:|---|---:|---|---:|---:|\n");
    files.forEach(file -> text.append(line(file)));
    text.append(
        "\n%d held-out rows, %,d tokens of answers; the fastest of three.\n"
            .formatted(rows, tokens));
    gains.forEach(gain -> text.append("\n" + sentence(gain) + "\n"));
    return text.toString();
  }

  /** What the matrix does to a type, in a sentence. */
  public static String sentence(WeightedGain gain) {
    return String.format(
        Locale.ROOT,
        "%s: the importance matrix %s KLD by %.1f %% (95 %%: %.1f to %.1f)%s.",
        gain.quantisation(),
        gain.lowered().value() < 0 ? "changes" : "lowers",
        PERCENT * gain.lowered().value(),
        PERCENT * gain.lowered().low(),
        PERCENT * gain.lowered().high(),
        gain.beyondDoubt() ? "" : ", which leaves doubt");
  }

  private static String line(FileQuality file) {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.5f | %.5f to %.5f | %.1f %% | %.1f to %.1f | %,.0f | %,.0f |%n",
        file.label(),
        file.bytes() / MEGA,
        file.bitsPerWeight(),
        file.divergence().value(),
        file.divergence().low(),
        file.divergence().high(),
        PERCENT * file.agreement().value(),
        PERCENT * file.agreement().low(),
        PERCENT * file.agreement().high(),
        file.speed().prompt(),
        file.speed().generation());
  }
}
