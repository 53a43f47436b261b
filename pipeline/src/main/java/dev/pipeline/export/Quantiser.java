package dev.pipeline.export;

import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Makes a smaller GGUF from a 16-bit or 32-bit one. */
public interface Quantiser {
  /**
   * Writes {@code output}, which is not synced: pass the temporary path of {@link
   * dev.pipeline.io.AtomicFiles#writePath}. When it fails, {@code output} is gone.
   *
   * @param progress told the share done, 0 to 1
   * @param importance file of an importance matrix to weigh errors by; empty to count all alike
   * @throws Failure when the input is refused or the output cannot be written
   */
  void quantise(
      Path input,
      Path output,
      FileType fileType,
      Optional<Path> importance,
      DoubleConsumer progress);

  /** The same, all errors counted alike. */
  default void quantise(Path input, Path output, FileType fileType, DoubleConsumer progress) {
    quantise(input, output, fileType, Optional.empty(), progress);
  }
}
