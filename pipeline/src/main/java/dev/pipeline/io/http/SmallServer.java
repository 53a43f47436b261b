package dev.pipeline.io.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's own server, for a dozen people. Who sends slowly holds a thread until the server hangs
 * up on them, so that there are many more threads than people, and little patience.
 */
public final class SmallServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmallServer.class);
  private static final int THREADS = 64;
  private static final long IDLE_SECONDS = 30;
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Seconds after which the JDK's server hangs up on who has not sent all of a request, or not
   * received all of an answer.
   */
  private static final Map<String, String> PATIENCE =
      Map.of("sun.net.httpserver.maxReqTime", "5", "sun.net.httpserver.maxRspTime", "20");

  private final HttpServer server;
  private final ExecutorService threads;

  private SmallServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** This machine, which nobody elsewhere can ask. */
  public static InetAddress thisMachine() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** Refuses what is no port. */
  public static void requirePort(int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw Failure.usage("there is no port " + port, "choose a --port from 0 to " + HIGHEST_PORT);
    }
  }

  /**
   * Starts to answer.
   *
   * @param port 0 takes a free one
   * @param largestBody bytes of a request that are read, and one more to tell
   * @param site never throws what a request can cause
   */
  public static SmallServer start(
      InetAddress address, int port, int largestBody, Function<Request, Reply> site) {
    requirePort(port);
    PATIENCE.forEach((key, value) -> System.setProperty(key, System.getProperty(key, value)));
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      threads.allowCoreThreadTimeOut(true);
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(site, largestBody, exchange));
      server.start();
      return new SmallServer(server, threads);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot listen on port " + port + ": " + e.getMessage(), "choose another --port", e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private static void answer(Function<Request, Reply> site, int largestBody, HttpExchange exchange)
      throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      Reply reply =
          guarded(
              site,
              new Request(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  headers,
                  exchange.getRequestBody().readNBytes(largestBody + 1)));
      Headers sent = exchange.getResponseHeaders();
      Reply.HEADERS.forEach(sent::set);
      sent.set("Content-Type", reply.type());
      if (reply.body().length == 0) {
        exchange.sendResponseHeaders(reply.status(), -1);
      } else {
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  /** A defect costs one answer, never the connection without a word. */
  private static Reply guarded(Function<Request, Reply> site, Request request) {
    try {
      return site.apply(request);
    } catch (RuntimeException defect) {
      LOG.error("no answer to {} {}", request.method(), request.path(), defect);
      return Reply.error(500, "an unexpected error; the program's log tells more");
    }
  }
}
