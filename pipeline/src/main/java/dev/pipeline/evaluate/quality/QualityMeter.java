package dev.pipeline.evaluate.quality;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.export.llama.ModelSpeed;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares quantised files with their F16 file in the llama.cpp that serves, on what each predicts
 * for every token of the held-out answers. The logits of F16 lie on the disk meanwhile: 4 bytes for
 * each token of the answers and of the vocabulary.
 */
public final class QualityMeter implements AutoCloseable {
  /** Tokens of an answer, about. */
  private static final int GENERATED = 64;

  private final LlamaProcess llama;
  private final Path scratch;
  private final List<int[]> rows;
  private final int[] firstScored;
  private final int threads;
  private final Monitor monitor;

  /** Told how far it is; may stop it by a {@link Failure}. */
  @FunctionalInterface
  public interface Monitor {
    /** {@code done} of {@code total} rows of the file that people call {@code file}. */
    void at(String file, int done, int total);
  }

  /**
   * A meter on {@code examples}, whose trained tokens are what is predicted.
   *
   * @param scratch folder for the logits of F16, which is emptied in the end
   */
  public QualityMeter(
      LlamaBuild build,
      List<TrainingExample> examples,
      int threads,
      Path scratch,
      Monitor monitor) {
    if (examples.isEmpty()) {
      throw Failure.refused(
          "there is no held-out row to compare quantised files on",
          "hold rows out (validation_share in curate.yaml), or set quality_rows to 0");
    }
    this.rows =
        examples.stream()
            .map(row -> Arrays.stream(row.ids()).mapToInt(Math::toIntExact).toArray())
            .toList();
    this.firstScored = examples.stream().mapToInt(row -> Math.max(1, row.firstTrained())).toArray();
    this.threads = threads;
    this.scratch = scratch;
    this.monitor = monitor;
    try {
      Files.createDirectories(scratch);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(scratch, e);
    }
    this.llama = build.start();
  }

  /** Measures {@code whole}, an F16 file, and the files that were made of it. */
  public QualityTable measure(Path whole, List<QuantisedFile> files) {
    QuantisedFile reference = new QuantisedFile("F16", false, whole);
    load(reference);
    for (int row = 0; row < rows.size(); row++) {
      monitor.at(reference.label(), row, rows.size());
      llama.writeLogits(rows.get(row), firstScored[row], logits(row));
    }
    List<Measured> measured = new ArrayList<>(List.of(measured(reference)));
    for (QuantisedFile file : files) {
      load(file);
      measured.add(measured(file));
    }
    return new QualityTable(
        rows.size(),
        measured.get(0).rows().stream().mapToInt(RowDifference::tokens).sum(),
        measured.stream().map(Measured::quality).toList(),
        gains(measured));
  }

  private record Measured(QuantisedFile file, List<RowDifference> rows, FileQuality quality) {}

  private Measured measured(QuantisedFile file) {
    List<RowDifference> compared = compared(file);
    return new Measured(file, compared, quality(file, compared));
  }

  private List<RowDifference> compared(QuantisedFile file) {
    List<RowDifference> compared = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      monitor.at(file.label(), row, rows.size());
      compared.add(
          RowDifference.of(llama.compareLogits(rows.get(row), firstScored[row], logits(row))));
    }
    return compared;
  }

  private FileQuality quality(QuantisedFile file, List<RowDifference> compared) {
    int longest = 0;
    for (int row = 1; row < rows.size(); row++) {
      longest = rows.get(row).length > rows.get(longest).length ? row : longest;
    }
    ModelSpeed speed = llama.speed(rows.get(longest), GENERATED);
    return FileQuality.of(file, Size.of(file.path()), compared, speed);
  }

  private static List<WeightedGain> gains(List<Measured> all) {
    List<WeightedGain> gains = new ArrayList<>();
    for (Measured plain : all) {
      all.stream()
          .filter(other -> other.file().weighted() && !plain.file().weighted())
          .filter(other -> other.file().quantisation().equals(plain.file().quantisation()))
          .map(other -> WeightedGain.of(plain.file().quantisation(), plain.rows(), other.rows()))
          .forEach(gains::add);
    }
    return gains;
  }

  private void load(QuantisedFile file) {
    int longest = rows.stream().mapToInt(row -> row.length).max().orElse(1);
    llama.load(file.path(), longest + GENERATED, threads);
  }

  private Path logits(int row) {
    return scratch.resolve("row-" + row + ".logits");
  }

  @Override
  public void close() {
    llama.close();
    AtomicFiles.deleteRecursively(scratch);
  }
}
