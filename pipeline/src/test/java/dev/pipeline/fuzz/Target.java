package dev.pipeline.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something that reads files it must not trust. */
interface Target {
  /** Valid inputs to damage. */
  List<byte[]> seeds() throws IOException;

  /** Last touches to a damaged input, such as lengths that must agree for anything to be read. */
  default byte[] mend(byte[] damaged, boolean wanted) {
    return damaged;
  }

  /** Reads {@code file} as the product does: ends in a Failure or in nothing. */
  void read(Path file) throws IOException;

  /** Bytes that reading a file of {@code length} may allocate on the heap. */
  long allowance(long length);
}
