package dev.pipeline.cli;

import dev.pipeline.io.Progress;
import dev.pipeline.jobs.RunManifest;
import dev.pipeline.jobs.RunReport;
import dev.pipeline.jobs.RunRequest;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line a job: a bar or a line now and then while it runs, what it made when it is done. */
final class TerminalReport implements RunReport, AutoCloseable {
  private final PrintStream out;
  private final boolean interactive;
  private @Nullable LiveProgress live;
  private Hints hints = Hints.NONE;

  TerminalReport(PrintStream out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /** A report on the standard output. */
  static TerminalReport standard() {
    return new TerminalReport(System.out, Terminal.interactive());
  }

  /** A report on the standard error, where the standard output is for what comes out. */
  static TerminalReport aside() {
    return new TerminalReport(System.err, Terminal.interactive());
  }

  /** The heading of a run. */
  void opening(RunRequest request) {
    hints = Hints.of(request);
    out.println(request.config().model().modelName() + ": " + request.command());
  }

  @Override
  public void road(String words) {
    out.println(line("road", words));
  }

  @Override
  public void note(String subject, String words) {
    close();
    out.println(line(subject, words));
  }

  @Override
  public Progress started(String job, boolean continued) {
    if (continued) {
      // Progress tells it too, but where nothing takes long there is none.
      note(job, "continued: what was finished before is kept");
    }
    String label = job + (continued ? " (continued)" : "");
    live = LiveProgress.on(out, label, interactive);
    return live;
  }

  @Override
  public void finished(RunManifest manifest, Duration duration) {
    close();
    out.println(line(manifest.job(), manifest.summary()) + "  (" + Durations.text(duration) + ")");
  }

  @Override
  public void alreadyDone(RunManifest manifest) {
    out.println(line(manifest.job(), manifest.summary()) + "  (already done)");
  }

  @Override
  public void nothingToDo() {
    out.println("nothing to do: every job is done for these inputs, settings and code");
  }

  /** A last word on what {@code subject} did. */
  void said(String subject, String words) {
    close();
    out.println(line(subject, words));
  }

  @Override
  public void close() {
    if (live != null) {
      live.close();
      live = null;
    }
  }

  private String line(String subject, String words) {
    return String.format(Locale.ROOT, "%-9s %s", subject, Printable.of(hints.in(words)));
  }
}
