import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * People at pipeline serve: java ServeLoad.java ADDRESS pages|chat CLIENTS SECONDS PAUSE_SECONDS.
 *
 * <p>A client of pages keeps the live list of runs open, opens one page after the other, and reads each
 * for PAUSE_SECONDS. A client of the chat asks, and asks again when it was answered, or when the time
 * has come that a full queue named.
 */
public final class ServeLoad {
  private static final List<String> PAGES =
      List.of("/runs", "/datasets", "/releases", "/plans", "/drift", "/chat", "/api/runs", "/metrics");

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String address;
  private final long end;
  private final ConcurrentLinkedQueue<Double> seconds = new ConcurrentLinkedQueue<>();
  private final AtomicInteger errors = new AtomicInteger();
  private final AtomicInteger sentAway = new AtomicInteger();
  private final AtomicInteger lively = new AtomicInteger();

  private ServeLoad(String address, long end) {
    this.address = address.replaceFirst("/$", "");
    this.end = end;
  }

  public static void main(String[] arguments) throws Exception {
    int clients = Integer.parseInt(arguments[2]);
    long length = Long.parseLong(arguments[3]);
    double pause = Double.parseDouble(arguments[4]);
    ServeLoad load = new ServeLoad(arguments[0], System.nanoTime() + TimeUnit.SECONDS.toNanos(length));
    ExecutorService people = Executors.newFixedThreadPool(2 * clients);
    for (int i = 0; i < clients; i++) {
      int number = i;
      if (arguments[1].equals("pages")) {
        people.execute(load::watch);
        people.execute(() -> load.read(number, pause));
      } else {
        people.execute(() -> load.ask(number));
      }
    }
    people.shutdown();
    people.awaitTermination(length + 120, TimeUnit.SECONDS);
    double[] sorted = load.seconds.stream().mapToDouble(x -> x).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%s: %d clients, %d answers, %d errors, %d sent away with a time to come back, P50 %.3f s, P95 %.3f s, longest %.3f s%s%n",
        arguments[1],
        clients,
        sorted.length,
        load.errors.get(),
        load.sentAway.get(),
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 1),
        arguments[1].equals("pages") ? ", live parts heard " + load.lively.get() : "");
    System.exit(load.errors.get() == 0 ? 0 : 1);
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  private boolean goesOn() {
    return System.nanoTime() < end;
  }

  private void read(int number, double pause) {
    for (int i = number; goesOn(); i++) {
      send(HttpRequest.newBuilder(URI.create(address + PAGES.get(i % PAGES.size()))).GET());
      sleep(pause);
    }
  }

  private void watch() {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/runs/live")).GET().build();
    try {
      HttpResponse<Stream<String>> reply = client.send(request, HttpResponse.BodyHandlers.ofLines());
      if (reply.statusCode() != 200) {
        errors.incrementAndGet();
        return;
      }
      reply.body()
          .takeWhile(line -> goesOn())
          .filter(line -> line.equals("event:part"))
          .forEach(line -> lively.incrementAndGet());
      reply.body().close();
    } catch (Exception e) {
      if (goesOn()) {
        errors.incrementAndGet();
        System.err.println("live: " + e);
      }
    }
  }

  private void ask(int number) {
    while (goesOn()) {
      HttpResponse<String> reply =
          send(
              HttpRequest.newBuilder(URI.create(address + "/chat/query"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"query\": \"Client " + number + " asks for a better price.\", \"max_tokens\": 40}")));
      if (reply != null && reply.statusCode() == 503) {
        sleep(Double.parseDouble(reply.headers().firstValue("Retry-After").orElse("1")));
      }
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    long started = System.nanoTime();
    try {
      HttpResponse<String> reply =
          client.send(request.timeout(Duration.ofSeconds(100)).build(), HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() == 200) {
        seconds.add((System.nanoTime() - started) / 1e9);
      } else if (reply.statusCode() == 503 && reply.headers().firstValue("Retry-After").isPresent()) {
        sentAway.incrementAndGet();
      } else {
        errors.incrementAndGet();
        System.err.println(reply.statusCode() + " " + reply.body());
      }
      return reply;
    } catch (Exception e) {
      errors.incrementAndGet();
      System.err.println(request.build().uri() + ": " + e);
      return null;
    }
  }

  private static void sleep(double seconds) {
    try {
      Thread.sleep((long) (1000 * seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
