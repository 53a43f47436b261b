package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.Drift;
import dev.pipeline.jobs.PipelineRun;
import dev.pipeline.jobs.Retrain;
import dev.pipeline.jobs.RetrainEnd;
import dev.pipeline.jobs.RunRequest;
import dev.pipeline.jobs.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;

/** Runs jobs with their report on the terminal and their libraries' log in a file. */
final class Runs {
  private Runs() {}

  static void run(RunRequest request, StopSignal stop) {
    logTo(request.config());
    try (TerminalReport report = TerminalReport.standard()) {
      report.opening(request);
      new PipelineRun(request, report, stop).run();
    }
  }

  static void retrain(RunRequest request, YearMonth month, String reason, StopSignal stop) {
    logTo(request.config());
    try (TerminalReport report = TerminalReport.standard()) {
      report.opening(request);
      RetrainEnd end = new Retrain(request, month, reason, report, stop, Clock.systemUTC()).run();
      report.said(Retrain.JOB, end.words());
    }
  }

  static Drift.End drift(RunRequest request, boolean newBaseline, boolean json, StopSignal stop) {
    logTo(request.config());
    // The finding is data; where it is asked for, progress goes aside.
    try (TerminalReport report = json ? TerminalReport.aside() : TerminalReport.standard()) {
      report.opening(request);
      Drift.End end = new Drift(request, report, stop, Clock.systemUTC()).run(newBaseline);
      if (!end.words().isEmpty()) {
        report.said(Drift.JOB, end.words());
      }
      if (json) {
        Printable.print(Json.pretty(end.day()));
      }
      return end;
    }
  }

  /** Must precede the first use of a logger; logback.xml reads the property. */
  static void logTo(PipelineConfig config) {
    Path log = Workspace.of(config.model()).jobs().resolve("pipeline.log");
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    System.setProperty("pipeline.log", log.toString());
  }
}
