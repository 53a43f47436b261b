package dev.pipeline.export;

import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** Makes a smaller GGUF from a 16-bit or 32-bit one. */
public interface Quantiser {
  /**
   * Writes {@code output}, which is not synced: pass the temporary path of {@link
   * dev.pipeline.io.AtomicFiles#writePath}. When it fails, {@code output} is gone.
   *
   * @param progress told the share done, 0 to 1
   * @throws Failure when the input is refused or the output cannot be written
   */
  void quantise(Path input, Path output, FileType fileType, DoubleConsumer progress);
}
