package dev.pipeline.release.ollama;

import dev.pipeline.io.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;

/** A file on its way to a server, a part at a time, so that its size does not matter. */
final class UploadBody extends RequestBody {
  private static final MediaType BYTES = MediaType.get("application/octet-stream");
  private static final long PART = 1 << 20;

  private final Path file;
  private final Progress progress;

  UploadBody(Path file, Progress progress) {
    this.file = file;
    this.progress = progress;
  }

  @Override
  public MediaType contentType() {
    return BYTES;
  }

  @Override
  public long contentLength() throws IOException {
    return Files.size(file);
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    long total = contentLength();
    long sent = 0;
    try (Source source = Okio.source(file)) {
      for (long n = source.read(sink.getBuffer(), PART);
          n >= 0;
          n = source.read(sink.getBuffer(), PART)) {
        sink.emitCompleteSegments();
        sent += n;
        progress.at(sent >> 20, total >> 20, "MB to Ollama");
      }
    }
  }
}
