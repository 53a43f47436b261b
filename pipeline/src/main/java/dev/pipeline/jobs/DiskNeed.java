package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.export.FileType;
import dev.pipeline.model.MemoryEstimate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** About how many bytes jobs write, from shapes and file sizes alone. */
final class DiskNeed {
  /** The job store, its log and the reports. */
  private static final long FIXED = 8L << 20;

  /** Mined, accepted and rejected rows, and the dataset made of them. */
  private static final int COPIES_OF_RAW = 4;

  /** Parameters and two moments, in float32. */
  private static final int CHECKPOINT_BYTES = 12;

  /** Tensors that keep a wider type than most, and the tokenizer. */
  private static final double GGUF_MARGIN = 1.15;

  private static final int BLOCK = 256;

  /** Of a held-out answer, longer than most. */
  private static final int ANSWER_TOKENS = 128;

  private DiskNeed() {}

  /** What {@code jobs}, of which one may stand twice, write below output_dir and dataset_dir. */
  static long of(PipelineConfig config, Collection<String> jobs) {
    long bytes = FIXED;
    if (jobs.contains("mine") || jobs.contains("curate")) {
      bytes += COPIES_OF_RAW * raw(config);
    }
    MemoryEstimate model = Estimates.of(config);
    if (jobs.contains("sft")) {
      // Besides those kept: the best one, and the one being written.
      int checkpoints = config.sft().checkpoint().saveTotalLimit() + 2;
      bytes += model.trainable() * CHECKPOINT_BYTES * checkpoints;
    }
    if (jobs.contains("package")) {
      bytes += logits(config);
    }
    for (FileType type : files(config, jobs)) {
      double bytesPerWeight = (double) type.mostTensors().bytes(BLOCK) / BLOCK;
      bytes += (long) (model.parameters() * bytesPerWeight * GGUF_MARGIN);
    }
    return bytes;
  }

  /** What F16 predicts for the held-out answers, which lies there while files are compared. */
  private static long logits(PipelineConfig config) {
    long answers = (long) config.packaging().qualityRows() * ANSWER_TOKENS;
    return answers * Estimates.shape(config).vocabulary() * Float.BYTES;
  }

  private static List<FileType> files(PipelineConfig config, Collection<String> jobs) {
    List<FileType> files = new ArrayList<>();
    if (jobs.contains("baseline")) {
      files.addAll(List.of(FileType.F16, FileType.Q4_K_M));
    }
    for (int packages = Collections.frequency(jobs, "package"); packages > 0; packages--) {
      files.add(FileType.F16);
      for (FileType type : Quantisations.types(config)) {
        files.add(type);
        if (Quantisations.bothWays(config, type)) {
          files.add(type);
        }
      }
    }
    return files;
  }

  private static long raw(PipelineConfig config) {
    return RawFiles.conversations(config).stream().mapToLong(file -> file.toFile().length()).sum();
  }
}
