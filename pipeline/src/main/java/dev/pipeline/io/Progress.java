package dev.pipeline.io;

/**
 * Where long work tells how far it is. The work does not know whether a bar, a log line or nothing
 * comes of it.
 */
@FunctionalInterface
public interface Progress {
  /** Says nothing to nobody. */
  Progress SILENT = (done, total, message) -> {};

  /**
   * Reports a position.
   *
   * @param done units finished, such as rows or optimiser steps
   * @param total units in all; 0 when unknown
   * @param message what a person wants to see beside it, such as loss and tokens a second
   */
  void at(long done, long total, String message);
}
