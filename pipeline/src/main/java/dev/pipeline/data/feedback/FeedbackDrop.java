package dev.pipeline.data.feedback;

import dev.pipeline.data.JsonLines;
import dev.pipeline.data.read.MalformedLine;
import dev.pipeline.data.read.RawLine;
import dev.pipeline.data.read.RawLines;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that other programs put {@code *.jsonl} files into, by writing them under another name
 * and renaming them. A file is claimed by moving it to {@code taking/}; what it holds is kept in
 * the store; a redacted copy goes to {@code done/}, lines that cannot be read go redacted to {@code
 * aside/} with the reason, and the original, which nobody redacted, is deleted. A crash at any
 * point costs nothing: what lies in {@code taking/} is taken again, and the store keeps nothing
 * twice.
 */
public final class FeedbackDrop {
  private static final String EXTENSION = ".jsonl";

  private final Path folder;
  private final FeedbackStore store;

  /** Takes files in {@code folder} into {@code store}. */
  public FeedbackDrop(Path folder, FeedbackStore store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * What one file gave.
   *
   * @param kept lines that are new
   * @param known lines that were there before
   * @param aside lines that could not be kept, with the reason
   */
  public record Taken(String file, int kept, int known, List<Aside> aside) {
    /** Copies the list. */
    public Taken {
      aside = List.copyOf(aside);
    }
  }

  /**
   * A line that could not be kept.
   *
   * @param line from 1
   * @param text redacted
   */
  public record Aside(int line, String reason, String text) {}

  /** Takes in every file there is, by name; a missing folder holds none. */
  public List<Taken> take() {
    List<Taken> taken = new ArrayList<>();
    // What an earlier process claimed and did not finish comes first.
    for (Path file : files(folder.resolve("taking"))) {
      taken.add(take(file));
    }
    for (Path file : files(folder)) {
      Path claimed = folder.resolve("taking").resolve(file.getFileName());
      if (claim(file, claimed)) {
        taken.add(take(claimed));
      }
    }
    return taken;
  }

  /** Takes in {@code file} itself and leaves it where it is. */
  public Taken read(Path file) {
    return keep(file, new ArrayList<>());
  }

  private Taken take(Path file) {
    List<Feedback> kept = new ArrayList<>();
    Taken taken = keep(file, kept);
    JsonLines.write(free(folder.resolve("done"), file), kept);
    if (!taken.aside().isEmpty()) {
      JsonLines.write(free(folder.resolve("aside"), file), taken.aside());
    }
    AtomicFiles.deleteRecursively(file);
    return taken;
  }

  private Taken keep(Path file, List<Feedback> all) {
    List<Incoming> readable = new ArrayList<>();
    List<RawLine> lines = new ArrayList<>();
    List<Aside> aside = new ArrayList<>();
    Arrival arrival = store.arrival();
    RawLines.forEach(
        List.of(file),
        line -> {
          try {
            readable.add(read(line));
            lines.add(line);
          } catch (MalformedLine e) {
            aside.add(aside(line, reason(line, e), arrival));
          }
        });
    int kept = 0;
    int known = 0;
    List<FeedbackStore.Addition> additions = store.addAll(readable);
    for (int i = 0; i < additions.size(); i++) {
      FeedbackStore.Addition addition = additions.get(i);
      switch (addition.kept()) {
        case NEW -> kept++;
        case KNOWN -> known++;
        case CONFLICT -> aside.add(aside(lines.get(i), "another feedback has its 'id'", arrival));
      }
      if (addition.kept() != FeedbackStore.Kept.CONFLICT) {
        all.add(addition.feedback());
      }
    }
    return new Taken(String.valueOf(file.getFileName()), kept, known, aside);
  }

  /** An object that stands on several lines is a mistake of its own. */
  private static String reason(RawLine line, MalformedLine error) {
    String text = line.text().strip();
    boolean whole = !line.complete() || (text.startsWith("{") && text.endsWith("}"));
    return error.reason() + (whole ? "" : "; each line must be one whole object");
  }

  private Incoming read(RawLine line) {
    if (!line.complete()) {
      throw new MalformedLine("it is longer than " + RawLines.LONGEST_LINE + " bytes");
    }
    return store.reader().read(line.text());
  }

  private static Aside aside(RawLine line, String reason, Arrival arrival) {
    return new Aside(line.number(), reason, arrival.redacted(UnreadLine.of(line.text())));
  }

  /** False where another process was faster. */
  private static boolean claim(Path file, Path claimed) {
    try {
      Files.createDirectories(claimed.toAbsolutePath().getParent());
      Files.move(file, claimed, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException takenByAnother) {
      return false;
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(claimed, e);
    }
  }

  /** Links lead elsewhere and are left alone. */
  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(EXTENSION))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  /** A name in {@code folder} that no earlier file of the same name has. */
  private static Path free(Path folder, Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.jsonl$", "");
    Path free = folder.resolve(name + EXTENSION);
    for (int number = 2; Files.exists(free); number++) {
      free = folder.resolve(name + "-" + number + EXTENSION);
    }
    return free;
  }
}
