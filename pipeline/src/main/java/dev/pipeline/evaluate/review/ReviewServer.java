package dev.pipeline.evaluate.review;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The review page on the JDK's own server, heard on this machine alone: a dozen reviewers need no
 * more, and people elsewhere come through an SSH tunnel.
 */
public final class ReviewServer implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int HIGHEST_PORT = 65_535;

  private final ReviewDesk desk;
  private final HttpServer server;
  private final ExecutorService threads;

  private ReviewServer(ReviewDesk desk, HttpServer server, ExecutorService threads) {
    this.desk = desk;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Opens {@code folder} to its reviewers and {@code newcomers}.
   *
   * @param port 0 takes a free one
   */
  public static ReviewServer start(ReviewFolder folder, List<String> newcomers, int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw Failure.usage("there is no port " + port, "choose a --port from 0 to " + HIGHEST_PORT);
    }
    ReviewDesk desk = ReviewDesk.open(folder, newcomers);
    try {
      if (desk.reviewers().all().isEmpty()) {
        throw Failure.usage(
            "nobody is invited to " + folder.path(), "name each reviewer with --reviewer NAME");
      }
      ReviewSite site = new ReviewSite(desk);
      InetAddress thisMachine = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer server = HttpServer.create(new InetSocketAddress(thisMachine, port), 0);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(site, exchange));
      server.start();
      return new ReviewServer(desk, server, threads);
    } catch (IOException e) {
      desk.close();
      throw Failure.infrastructure(
          "cannot listen on port " + port + ": " + e.getMessage(), "choose another --port", e);
    } catch (RuntimeException e) {
      desk.close();
      throw e;
    }
  }

  /** Each reviewer's own link, by name. */
  public Map<String, String> links() {
    Map<String, String> links = new LinkedHashMap<>();
    String page = "http://127.0.0.1:" + server.getAddress().getPort() + "/#";
    desk.reviewers().all().forEach(one -> links.put(one.name(), page + one.token()));
    return links;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    desk.close();
  }

  private static void answer(ReviewSite site, HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      Reply reply =
          site.answer(
              new Request(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  headers,
                  exchange.getRequestBody().readNBytes(ReviewSite.LARGEST_BODY + 1)));
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
}
