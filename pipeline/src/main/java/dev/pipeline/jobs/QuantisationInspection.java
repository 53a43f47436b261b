package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.quality.QualityTable;
import dev.pipeline.evaluate.quality.QuantisedFile;
import dev.pipeline.export.FileType;
import dev.pipeline.export.Quantiser;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each type of file would cost a model, with and without an importance matrix. */
public final class QuantisationInspection {
  private QuantisationInspection() {}

  /**
   * What to look at.
   *
   * @param whole the model as F16 GGUF
   * @param types the types to make of it
   * @param matrix an importance matrix; empty to compute one
   * @param training rows to compute it on
   * @param dataset their name
   * @param heldOut rows to compare on
   * @param most how many of them
   * @param folder what is made goes there
   */
  public record Subject(
      Path whole,
      List<FileType> types,
      Optional<Path> matrix,
      Path training,
      String dataset,
      Path heldOut,
      int most,
      Path folder) {}

  /** Makes every file and measures it. */
  public static QualityTable of(PipelineConfig config, Subject subject, Progress progress) {
    if (!Files.exists(subject.whole())) {
      throw Failure.usage(
          "there is no " + subject.whole(),
          "pipeline run release makes it, or name another with --f16");
    }
    StopSignal stop = new StopSignal();
    Path matrix = subject.matrix().orElseGet(() -> subject.folder().resolve("imatrix.gguf"));
    if (subject.matrix().isEmpty() && subject.types().stream().anyMatch(FileType::isWeighted)) {
      new Importances(config, stop, progress)
          .write(subject.whole(), subject.training(), subject.dataset(), matrix);
    }
    Quantiser quantiser = Packaging.quantiser(config);
    List<QuantisedFile> files = new ArrayList<>();
    for (FileType type : subject.types()) {
      files.add(made(quantiser, subject, type, Optional.empty(), progress));
      if (type.isWeighted()) {
        files.add(made(quantiser, subject, type, Optional.of(matrix), progress));
      }
    }
    return new HeldOutAnswers(config, stop, progress)
        .measure(
            subject.whole(),
            files,
            subject.heldOut(),
            subject.most(),
            subject.folder().resolve("logits"));
  }

  private static QuantisedFile made(
      Quantiser quantiser,
      Subject subject,
      FileType type,
      Optional<Path> matrix,
      Progress progress) {
    QuantisedFile file =
        new QuantisedFile(
            type.name(),
            matrix.isPresent(),
            subject.folder().resolve(type + (matrix.isPresent() ? "-weighted" : "") + ".gguf"));
    AtomicFiles.writePath(
        file.path(),
        temporary ->
            quantiser.quantise(
                subject.whole(),
                temporary,
                type,
                matrix,
                share -> progress.at(Math.round(100 * share), 100, "quantising to " + type)));
    return file;
  }
}
