package dev.pipeline.data.feedback;

import dev.pipeline.data.JsonLines;
import dev.pipeline.data.read.MalformedLine;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All feedback on one model: {@code feedback.jsonl}, redacted, only ever appended to. Any number of
 * processes may add; a line that {@link #add} returned from is on the disk, and one that a crash
 * cut short was never acknowledged and is dropped by the next.
 */
public final class FeedbackStore {
  static final String FILE = "feedback.jsonl";

  private final Path folder;
  private final Set<String> personas;
  private final FeedbackReader reader;
  private final Clock clock;

  /**
   * The store in {@code folder}, which the first addition makes.
   *
   * @param personas names that are no person's, as in curate
   * @param longestText characters a text may have
   */
  public FeedbackStore(Path folder, Set<String> personas, int longestText, Clock clock) {
    this.folder = folder;
    this.personas = Set.copyOf(personas);
    this.reader = new FeedbackReader(longestText);
    this.clock = clock;
  }

  /** How an addition ended. */
  public enum Kept {
    /** It is on the disk now. */
    NEW,
    /** The same was there before. */
    KNOWN,
    /** Another one has its id; nothing was changed. */
    CONFLICT
  }

  /**
   * What became of one.
   *
   * @param feedback as it is kept, or would have been
   */
  public record Addition(Kept kept, Feedback feedback) {}

  /**
   * Redacts and keeps one JSON object.
   *
   * @throws MalformedLine when it is not of the shape, naming the key and never the value
   */
  public Addition add(String json) {
    return addAll(List.of(reader.read(json))).get(0);
  }

  /** Everything that was kept, in the order of arrival. */
  public List<Feedback> all() {
    return Files.exists(file()) ? locked(this::readWhole) : List.of();
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  FeedbackReader reader() {
    return reader;
  }

  Arrival arrival() {
    return locked(() -> new Arrival(personas, Pseudonyms.of(folder)));
  }

  /** Keeps all of them with one write to the disk. */
  List<Addition> addAll(List<Incoming> incoming) {
    Arrival arrival = arrival();
    return locked(
        () -> {
          Map<String, Feedback> known = new HashMap<>();
          readWhole().forEach(feedback -> known.put(feedback.id(), feedback));
          List<Addition> additions = new ArrayList<>();
          List<Feedback> fresh = new ArrayList<>();
          for (Incoming one : incoming) {
            Feedback feedback = arrival.redacted(one, clock.instant());
            Feedback before = known.putIfAbsent(feedback.id(), feedback);
            if (before == null) {
              fresh.add(feedback);
              additions.add(new Addition(Kept.NEW, feedback));
            } else {
              boolean same = before.opinion().anonymous().equals(feedback.opinion().anonymous());
              additions.add(new Addition(same ? Kept.KNOWN : Kept.CONFLICT, before));
            }
          }
          append(fresh);
          return additions;
        });
  }

  private <T> T locked(Supplier<T> work) {
    return new ExclusiveFile(folder.resolve(".feedback.lock")).hold(work);
  }

  private Path file() {
    return folder.resolve(FILE);
  }

  /** Cuts off what a crash left half-written, then reads the rest; under the lock. */
  private List<Feedback> readWhole() {
    if (!Files.exists(file())) {
      return List.of();
    }
    try (FileChannel channel =
        FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = endOfLastLine(channel);
      if (end < channel.size()) {
        channel.truncate(end);
        channel.force(true);
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file(), e);
    }
    return JsonLines.read(file(), Feedback.class, Json.IRREPLACEABLE);
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (long end = channel.size(); end > 0; end--) {
      one.clear();
      channel.read(one, end - 1);
      if (one.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }

  private void append(List<Feedback> fresh) {
    if (fresh.isEmpty()) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      JsonLines.write(lines, fresh);
      ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
      for (long at = channel.size(); bytes.hasRemaining(); ) {
        at += channel.write(bytes, at);
      }
      channel.force(true);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file(), e);
    }
  }
}
