package dev.pipeline.serve.guard;

import java.io.IOException;

/** A body that goes on where it must end. */
public final class TooLong extends IOException {
  /** One of more than {@code most} bytes. */
  TooLong(int most) {
    super("this is longer than " + most + " bytes");
  }
}
