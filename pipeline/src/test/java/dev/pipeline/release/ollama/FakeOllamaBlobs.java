package dev.pipeline.release.ollama;

import com.sun.net.httpserver.HttpExchange;
import dev.pipeline.io.Hashes;
import dev.pipeline.release.ollama.FakeOllama.Misbehaviour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;

/** The two calls on blobs: whether one exists, and pushing one. */
final class FakeOllamaBlobs {
  private static final int PART = 1 << 18;

  private final FakeOllamaStore store;
  private final List<String> calls;
  private final Predicate<Misbehaviour> misbehaves;

  FakeOllamaBlobs(FakeOllamaStore store, List<String> calls, Predicate<Misbehaviour> misbehaves) {
    this.store = store;
    this.calls = calls;
    this.misbehaves = misbehaves;
  }

  void answer(HttpExchange exchange, String digest) throws IOException {
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      exchange.getRequestBody().readAllBytes();
      throw new FakeOllamaRefusal(400, "invalid digest format");
    }
    switch (exchange.getRequestMethod()) {
      case "HEAD" -> FakeOllamaResponse.empty(exchange, store.has(digest) ? 200 : 404);
      case "POST" -> push(exchange, digest);
      default -> throw new FakeOllamaRefusal(404, "404 page not found");
    }
  }

  private void push(HttpExchange exchange, String digest) throws IOException {
    if (misbehaves.test(Misbehaviour.BREAK_IN_UPLOAD)) {
      exchange.getRequestBody().read();
      return;
    }
    byte[] body = read(exchange.getRequestBody());
    if (store.has(digest)) {
      FakeOllamaResponse.empty(exchange, 200);
    } else if (!digest.equals("sha256:" + Hashes.hex(Hashes.sha256().digest(body)))) {
      throw new FakeOllamaRefusal(400, "digest mismatch, expected \"" + digest + "\"");
    } else {
      store.put(digest, body);
      calls.add("stored " + digest);
      FakeOllamaResponse.empty(exchange, 201);
      if (misbehaves.test(Misbehaviour.RESTART_AFTER_UPLOAD)) {
        store.prune();
      }
    }
  }

  private byte[] read(InputStream body) throws IOException {
    if (misbehaves.test(Misbehaviour.STALLED_UPLOAD)) {
      pause(30_000);
    }
    if (!misbehaves.test(Misbehaviour.SLOW_UPLOAD)) {
      return body.readAllBytes();
    }
    var bytes = new ByteArrayOutputStream();
    for (byte[] part = body.readNBytes(PART); part.length > 0; part = body.readNBytes(PART)) {
      bytes.writeBytes(part);
      pause(50);
    }
    return bytes.toByteArray();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
