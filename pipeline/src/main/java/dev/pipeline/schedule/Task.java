package dev.pipeline.schedule;

import java.util.Locale;

/** What is done regularly. */
public enum Task {
  /** Every day. */
  DRIFT("Looks whether the released model still sounds as it did"),
  /** Every month. */
  RETRAIN("Trains the model anew on the month's feedback");

  private final String description;

  Task(String description) {
    this.description = description;
  }

  /** The job's name on the command line. */
  public String job() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }
}
