package dev.pipeline.track.wandb;

import java.io.IOException;

/** The server says no; asking again changes nothing. */
final class Refused extends IOException {
  private static final long serialVersionUID = 1;

  Refused(String message) {
    super(message);
  }
}
