package dev.pipeline.cli;

import dev.pipeline.jobs.ReleaseDesk;
import dev.pipeline.release.GateOverride;
import dev.pipeline.release.LogEntry;
import dev.pipeline.release.Pruner;
import dev.pipeline.release.Release;
import dev.pipeline.release.ReleaseView;
import dev.pipeline.release.Training;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Releases as text. */
final class ReleaseTable {
  private static final double MEGA = 1e6;

  private ReleaseTable() {}

  /** One line a release. */
  static String of(ReleaseView view) {
    if (view.releases().isEmpty()) {
      return "nothing was released yet; pipeline run release does it\n";
    }
    StringBuilder text = new StringBuilder(row(" ", "version", "published", "MB", "training", ""));
    for (ReleaseView.Line line : view.releases()) {
      boolean former = Objects.equals(view.former(), line.version());
      text.append(
          row(
              line.serves() ? "*" : former ? "<" : " ",
              String.valueOf(line.version()),
              line.release().publishedAt(),
              isPruned(line) ? "-" : megabytes(line.bytes()),
              trainer(line.release()),
              remark(line)));
    }
    if (view.lost()) {
      text.append(
          "releases.json is gone: this is what the kept releases tell; the next release, rollback or"
              + " prune writes it again\n");
    }
    if (view.interrupted()) {
      text.append("a switch was interrupted; the next release or rollback finishes it\n");
    }
    return text.toString();
  }

  /** One release with its files. */
  static String of(ReleaseView.Line line) {
    Release release = line.release();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "release %d%s%s%n",
            line.version(),
            line.serves() ? ", serves now" : "",
            isPruned(line) ? ", pruned" : ""));
    if (line.damage() != null) {
      text.append(String.format("DAMAGED %s%n", line.damage()));
    }
    text.append(String.format("run %s%ndata %s%n", release.runKey(), release.datasetVersion()));
    text.append(String.format("training %s%n", trainer(release)));
    if (release.warning() != null) {
      text.append(String.format("WARNING %s%n", release.warning()));
    }
    GateOverride override = release.override();
    if (override != null) {
      text.append(
          String.format(
              "gate FAILED, overridden by %s: %s; %s%n",
              override.by(), override.reason(), String.join("; ", override.failed())));
    }
    gate(line).forEach(said -> text.append("gate ").append(said).append('\n'));
    (line.files().isEmpty() ? release.files() : line.files())
        .forEach((name, sha256) -> text.append(sha256).append("  ").append(name).append('\n'));
    line.history().forEach(entry -> text.append(told(entry, line.version())).append('\n'));
    return text.toString();
  }

  /** What a rollback did. */
  static String of(ReleaseDesk.Done done) {
    LogEntry entry = done.entry();
    return done.changed()
        ? String.format(
            "release %d serves, in the place of %d; %s%s%n",
            done.release(),
            entry.replaces(),
            entry.tried() == null ? "" : entry.tried() + "; ",
            done.status())
        : String.format("release %d serves already; %s%n", done.release(), done.status());
  }

  /** What became of each release. */
  static String of(List<Pruner.Fate> fates, boolean dryRun) {
    StringBuilder text = new StringBuilder();
    for (Pruner.Fate fate : fates) {
      String done = fate.removed() ? (dryRun ? "would go" : "removed") : "kept";
      text.append(
          String.format(
              Locale.ROOT,
              "release %d  %-8s  %s MB  %s%n",
              fate.version(),
              done,
              megabytes(fate.bytes()),
              fate.why()));
    }
    return text.isEmpty() ? "no release is kept\n" : text.toString();
  }

  private static String told(LogEntry entry, int version) {
    String what =
        entry.version() != version
            ? "taken out of service for " + entry.version()
            : entry.kind() == LogEntry.Kind.ROLLBACK ? "back in service" : "published";
    String tried = entry.tried() == null ? "" : " (" + entry.tried() + ")";
    return entry.at()
        + "  "
        + what
        + " by "
        + Printable.line(entry.by() + ": " + entry.why())
        + tried;
  }

  private static String remark(ReleaseView.Line line) {
    Release release = line.release();
    String remark = release.override() == null ? "" : "gate overridden";
    if (release.warning() != null) {
      remark = release.warning();
    }
    return Stream.of(
            line.damage() == null ? "" : "damaged: " + line.damage(),
            isPruned(line) ? "pruned" : "",
            !isPruned(line) && !line.serves() && line.wasTakenBack() ? "rolled back" : "",
            remark)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static boolean isPruned(ReleaseView.Line line) {
    return !line.kept() && line.damage() == null;
  }

  /** The gate's own words, or what it measured where only that is known. */
  private static List<String> gate(ReleaseView.Line line) {
    return line.gate().isEmpty()
        ? line.release().gate().entrySet().stream()
            .map(bound -> "%s: measured %.4g".formatted(bound.getKey(), bound.getValue()))
            .toList()
        : line.gate();
  }

  private static String trainer(Release release) {
    Training training = release.training();
    return training == null ? "-" : training.trainer();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / MEGA);
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%s %-8s %-21s %9s  %-16s %s", (Object[]) cells)
            .stripTrailing()
        + System.lineSeparator();
  }
}
