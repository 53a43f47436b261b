package dev.pipeline.fetch;

import dev.pipeline.fetch.Ranges.Range;
import dev.pipeline.io.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One file of a fetch: which bytes nobody asks for yet, and what its server turned out to be like.
 * The first answer decides whether others may ask for ranges beside it. Thread-safe.
 */
final class FileDownload {
  /** A content that changes more often is not worth waiting for. */
  private static final int MOST_RESTARTS = 3;

  private final PartialFile partial;
  private final HttpUrl hubUrl;
  private final long chunkBytes;
  private final Deque<Range> open = new ArrayDeque<>();
  private @Nullable HttpUrl location;
  private boolean answered;
  private boolean finished;
  private int underWay;
  private int restarts;

  /**
   * Bytes that one connection asks for.
   *
   * @param file whose bytes
   * @param generation of the content, see {@link PartialFile#generation}
   * @param range which bytes
   */
  record Chunk(FileDownload file, int generation, Range range) {}

  FileDownload(PartialFile partial, HttpUrl hubUrl, long chunkBytes) {
    this.partial = partial;
    this.hubUrl = hubUrl;
    this.chunkBytes = chunkBytes;
    open.addAll(partial.missing());
  }

  PartialFile partial() {
    return partial;
  }

  HubFile file() {
    return partial.file();
  }

  /** Where to ask: the hub, or where it pointed last time. */
  synchronized HttpUrl url() {
    return location == null ? hubUrl : location;
  }

  /** Remembers where the hub pointed, or forgets it. */
  synchronized void location(@Nullable HttpUrl found) {
    location = found;
  }

  /** The next bytes to ask for, if one may ask now; none at all where only the end is missing. */
  synchronized Optional<Chunk> claim() {
    if (finished || (underWay > 0 && (open.isEmpty() || !answered))) {
      return Optional.empty();
    }
    underWay++;
    Range next = open.isEmpty() ? new Range(file().size(), file().size()) : open.removeFirst();
    if (next.length() > chunkBytes) {
      long cut = next.start() + chunkBytes;
      open.addFirst(new Range(cut, next.end()));
      next = new Range(next.start(), cut);
    }
    return Optional.of(new Chunk(this, partial.generation(), next));
  }

  /** The server answers with ranges: others may ask beside. */
  synchronized void answersWithRanges() {
    answered = true;
  }

  /**
   * The server sends everything: whoever reads it now takes all that nobody else reads.
   *
   * @return where the bytes to read end
   */
  synchronized long takeRest(Chunk chunk) {
    if (answered || chunk.generation() != partial.generation()) {
      return chunk.range().end();
    }
    open.clear();
    return file().size();
  }

  /** A connection is done with its chunk. True when it is the one to finish the file. */
  synchronized boolean release() {
    underWay--;
    if (finished || underWay > 0 || !open.isEmpty()) {
      return false;
    }
    if (partial.covered() < file().size()) {
      // Something was void, or left behind.
      open.addAll(partial.missing());
      answered = false;
      return false;
    }
    finished = true;
    return true;
  }

  /** Gives the file up; nothing of it stays, whoever still reads some of it. */
  synchronized void abandon() {
    finished = true;
    open.clear();
    partial.discard();
  }

  /** Whether there is nothing more to ask for, now or later. */
  synchronized boolean isFinished() {
    return finished;
  }

  /**
   * Begins anew, unless somebody else did since {@code generation}.
   *
   * @throws Failure when it was begun often enough
   */
  synchronized void restart(int generation, String why) {
    if (generation != partial.generation()) {
      return;
    }
    restarts++;
    if (restarts > MOST_RESTARTS) {
      abandon();
      throw Failure.infrastructure(
          file().path() + ": " + why + ", " + restarts + " times",
          "the server does not keep the file still: run the same command again later",
          null);
    }
    partial.restart();
    open.clear();
    open.addAll(partial.missing());
    answered = false;
    finished = false;
    location = null;
  }
}
