package dev.pipeline.fetch;

import dev.pipeline.fetch.FileDownload.Chunk;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Brings the bytes of one chunk, however often the connection breaks. What was announced is held
 * against what the hub listed before a byte is written.
 */
final class Transfer {
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int BUFFER = 1 << 16;

  private final HubHttp http;
  private final HubAnswer answers;
  private final FetchListener words;
  private final BooleanSupplier over;
  private final Chunk chunk;
  private final FileDownload download;
  private final HubFile file;
  private long at;
  private long end;

  /**
   * A transfer that has not begun.
   *
   * @param over whether nobody wants the bytes any more
   */
  Transfer(
      HubHttp http, HubAnswer answers, FetchListener words, BooleanSupplier over, Chunk chunk) {
    this.http = http;
    this.answers = answers;
    this.words = words;
    this.over = over;
    this.chunk = chunk;
    this.download = chunk.file();
    this.file = download.file();
    this.at = chunk.range().start();
    this.end = chunk.range().end();
  }

  /** Returns when the bytes are there, when they are void, or when nobody wants them any more. */
  void run(Patience patience) {
    while (at < end && !over.getAsBoolean() && isCurrent()) {
      long before = at;
      try {
        once();
      } catch (IOException e) {
        if (over.getAsBoolean()) {
          return;
        }
        download.location(null);
        if (at > before) {
          patience.progressed();
        }
        patience.failed(file.path(), e);
      }
    }
  }

  private void once() throws IOException {
    Headers.Builder headers = new Headers.Builder();
    Optional<String> tag = download.partial().entityTag();
    headers.set("Range", "bytes=" + at + "-" + (end - 1));
    // A weak tag may name other bytes that mean the same (RFC 9110, 13.1.5).
    tag.filter(text -> !text.startsWith("W/")).ifPresent(text -> headers.set("If-Range", text));
    try (Response response = http.get(download.url(), headers.build())) {
      if (response.code() == RANGE_NOT_SATISFIABLE) {
        throw wrongLength("fewer than " + (at + 1));
      }
      answers.requireSuccess(response, file.path());
      if (!response.request().url().equals(download.url())) {
        download.location(response.request().url());
      }
      if (hasChanged(response, tag)) {
        words.word(file.path() + " changed on the server: it begins anew");
        download.restart(chunk.generation(), "changed while it was fetched");
        return;
      }
      BufferedSource body = response.body().source();
      if (response.code() == PARTIAL_CONTENT) {
        requirePlace(response, body);
        download.answersWithRanges();
      } else {
        requireLength(response.body().contentLength(), 0, body);
        end = download.takeRest(chunk);
        body.skip(at);
      }
      copy(body);
    }
  }

  /** Two answers with different tags are of two contents; a tag is kept from the first on. */
  private boolean hasChanged(Response response, Optional<String> known) {
    Optional<String> told = Optional.ofNullable(response.header("ETag"));
    if (known.isEmpty() && isCurrent()) {
      told.ifPresent(download.partial()::entityTag);
    }
    return known.isPresent() && told.isPresent() && !told.equals(known);
  }

  private void copy(BufferedSource body) throws IOException {
    byte[] bytes = new byte[BUFFER];
    while (at < end && !over.getAsBoolean()) {
      int n = body.read(bytes, 0, (int) Math.min(bytes.length, end - at));
      if (n < 0) {
        throw new Temporary("the connection ended early");
      }
      if (!download.partial().write(chunk.generation(), at, bytes, n)) {
        return;
      }
      at += n;
    }
  }

  private void requirePlace(Response response, BufferedSource body) throws IOException {
    Optional<ContentRange> range = ContentRange.parse(response.header("Content-Range"));
    if (range.isEmpty() || range.get().start() != at) {
      throw new Temporary("the server sends other bytes than it was asked for");
    }
    requireLength(range.get().total(), at, body);
  }

  /** Refuses what is not as long as the hub listed it, and says what it is if that can be seen. */
  private void requireLength(long total, long start, BufferedSource body) throws IOException {
    if (total < 0 || total == file.size()) {
      return;
    }
    if (start == 0) {
      byte[] bytes = new byte[Placeholder.LOOK];
      int filled = 0;
      for (int n = 0; n >= 0 && filled < bytes.length; filled += Math.max(n, 0)) {
        n = body.read(bytes, filled, bytes.length - filled);
      }
      Optional<String> placeholder = Placeholder.of(Arrays.copyOf(bytes, filled));
      if (placeholder.isPresent()) {
        throw Verification.refused(download, "the server sends " + placeholder.get());
      }
    }
    throw wrongLength(String.valueOf(total));
  }

  private Failure wrongLength(String bytes) {
    return Verification.refused(
        download, "the hub lists " + file.size() + " bytes, the server has " + bytes);
  }

  private boolean isCurrent() {
    return chunk.generation() == download.partial().generation();
  }
}
