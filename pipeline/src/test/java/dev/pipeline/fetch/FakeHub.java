package dev.pipeline.fetch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for a Hugging Face hub and for the store it points to, written from the hub's
 * documentation: it answers what a hub answers and refuses everything else. It notes requests, and
 * whatever no client may do, in {@link #violations}. Only the JDK, so that it starts without
 * anything else.
 */
public final class FakeHub implements AutoCloseable {
  /** The token that may read everything. */
  public static final String TOKEN = "hf_reads_everything";

  /** A token of somebody who accepted no licence. */
  static final String STRANGER = "hf_of_a_stranger";

  private static final Pattern LISTING =
      Pattern.compile("/api/models/([^/]+/[^/]+)/revision/([^/?]+)\\?blobs=true");
  private static final Pattern RESOLVE =
      Pattern.compile("/([^/]+/[^/]+)/resolve/([0-9a-f]{40})/([^?]+)");
  private static final Pattern STORED = Pattern.compile("/store/([0-9a-f]{64})\\?Signature=(\\d+)");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  final Map<String, FakeRepository> repositories = new ConcurrentHashMap<>();
  public final Misbehaviour misbehaviour = new Misbehaviour();

  /** Host and path of each request, in order. */
  public final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

  /** Ranges that were asked for, in order. */
  public final ConcurrentLinkedQueue<String> ranges = new ConcurrentLinkedQueue<>();

  /** What no client may do, and was done. */
  public final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

  private final ServerSocket hub;
  private final ServerSocket store;

  public FakeHub() throws IOException {
    hub = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    // Another host, as the store of a real hub is.
    store = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
    inBackground(() -> accept(hub));
    inBackground(() -> accept(store));
  }

  public FakeRepository add(String id) {
    FakeRepository repository = new FakeRepository(id);
    repositories.put(id, repository);
    return repository;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + hub.getLocalPort();
  }

  String store() {
    return "http://127.0.0.2:" + store.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    hub.close();
    store.close();
  }

  private void accept(ServerSocket server) throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      inBackground(() -> serve(server, client));
    }
  }

  private void serve(ServerSocket server, Socket client) throws IOException {
    try (client) {
      FakeRequest request = FakeRequest.read(new BufferedInputStream(client.getInputStream()));
      if (request == null) {
        return;
      }
      requests.add((server == hub ? "hub " : "store ") + request.path());
      check(request, server == hub);
      Answer answer =
          new Answer(client, new BufferedOutputStream(client.getOutputStream(), 1 << 16));
      String fault = misbehaviour.nextStatus(server == hub);
      if (fault != null) {
        answer.status(fault);
      } else if (server == hub) {
        hub(request, answer);
      } else {
        store(request, answer);
      }
    }
  }

  private void check(FakeRequest request, boolean ofHub) {
    if (!request.method().equals("GET")) {
      violations.add("method " + request.method());
    }
    if (request.header("host") == null || request.header("user-agent") == null) {
      violations.add("no Host or no User-Agent");
    }
    if (!ofHub && request.header("authorization") != null) {
      violations.add("a token at the store");
    }
    if (!"identity".equals(request.header("accept-encoding"))) {
      violations.add("a length may be of compressed bytes");
    }
  }

  private void hub(FakeRequest request, Answer answer) throws IOException {
    String authorization = request.header("authorization");
    boolean known =
        authorization == null
            || authorization.equals("Bearer " + TOKEN)
            || authorization.equals("Bearer " + STRANGER);
    if (!known) {
      answer.error("401 Unauthorized", null, "Invalid credentials in Authorization header");
      return;
    }
    if (request.path().equals("/api/whoami-v2")) {
      answer.text(authorization == null ? "401 Unauthorized" : "200 OK", "{\"name\":\"somebody\"}");
      return;
    }
    if (request.path().equals("/api/models?limit=1")) {
      answer.text("200 OK", "[{\"id\":\"any/model\"}]");
      return;
    }
    Matcher listing = LISTING.matcher(request.path());
    Matcher resolve = RESOLVE.matcher(request.path());
    boolean listed = listing.matches();
    if (!listed && !resolve.matches()) {
      answer.error("404 Not Found", null, "Sorry, we can't find the page you are looking for.");
      return;
    }
    FakeRepository repository = repositories.get(listed ? listing.group(1) : resolve.group(1));
    if (repository == null) {
      notThere(authorization, answer);
      return;
    }
    if (refused(repository, authorization, answer)) {
      return;
    }
    if (listed) {
      list(repository, listing.group(2), answer);
    } else {
      resolve(repository, resolve, request, answer);
    }
  }

  /** What is not there and what one may not see is the same, so that nobody learns which. */
  private static void notThere(@Nullable String authorization, Answer answer) throws IOException {
    answer.error(
        authorization == null ? "401 Unauthorized" : "404 Not Found",
        "RepoNotFound",
        "Repository not found");
  }

  private static boolean refused(
      FakeRepository repository, @Nullable String authorization, Answer answer) throws IOException {
    boolean may = ("Bearer " + TOKEN).equals(authorization);
    if (may || repository.access == FakeRepository.Access.PUBLIC) {
      return false;
    }
    if (repository.access == FakeRepository.Access.PRIVATE) {
      notThere(authorization, answer);
    } else {
      answer.error(
          authorization == null ? "401 Unauthorized" : "403 Forbidden",
          "GatedRepo",
          "Access to model " + repository.id + " is restricted");
    }
    return true;
  }

  private void list(FakeRepository repository, String revision, Answer answer) throws IOException {
    if (!revision.equals("main") && !revision.equals(repository.commit)) {
      answer.error("404 Not Found", "RevisionNotFound", "Invalid rev id: " + revision);
      return;
    }
    answer.text("200 OK", repository.listing());
  }

  private void resolve(FakeRepository repository, Matcher path, FakeRequest request, Answer answer)
      throws IOException {
    FakeFile file = repository.files.get(path.group(3));
    if (!path.group(2).equals(repository.commit) || file == null) {
      answer.error("404 Not Found", "EntryNotFound", "Entry not found");
      return;
    }
    String elsewhere = misbehaviour.redirect;
    if (elsewhere != null) {
      answer.redirect(elsewhere);
      return;
    }
    if (!file.lfs) {
      send(file, request, answer);
      return;
    }
    String signed = store() + "/store/" + file.sha256 + "?Signature=" + misbehaviour.sign();
    answer.header("X-Linked-Size", String.valueOf(file.listedSize));
    answer.header("X-Linked-ETag", "\"" + file.sha256 + "\"");
    answer.header("X-Repo-Commit", repository.commit);
    answer.redirect(signed);
  }

  private void store(FakeRequest request, Answer answer) throws IOException {
    Matcher path = STORED.matcher(request.path());
    if (!path.matches() || request.header("authorization") != null) {
      answer.text("400 Bad Request", "<?xml version=\"1.0\"?><Error/>");
      return;
    }
    if (!misbehaviour.isValid(Long.parseLong(path.group(2)))) {
      answer.text("403 Forbidden", "<?xml version=\"1.0\"?><Error><Code>Expired</Code></Error>");
      return;
    }
    for (FakeRepository repository : repositories.values()) {
      for (FakeFile file : repository.files.values()) {
        if (file.lfs && file.sha256.equals(path.group(1))) {
          send(file, request, answer);
          return;
        }
      }
    }
    answer.text("404 Not Found", "<?xml version=\"1.0\"?><Error/>");
  }

  /** RFC 9110, 14: a range, unless the client has another content in mind. */
  private void send(FakeFile file, FakeRequest request, Answer answer) throws IOException {
    String tag = misbehaviour.entityTag(file);
    FakeContent content = file.served;
    long size = content.size();
    String asked = request.header("range");
    String condition = request.header("if-range");
    if (tag != null) {
      answer.header("ETag", tag);
    }
    if (asked != null) {
      ranges.add(asked);
    }
    Matcher range = RANGE.matcher(asked == null ? "" : asked);
    boolean part =
        range.matches()
            && !misbehaviour.ignoresRanges
            && (condition == null || Objects.equals(condition, tag));
    if (!part) {
      answer.content("200 OK", content, 0, size, misbehaviour);
      return;
    }
    long start = Long.parseLong(range.group(1));
    long end = Math.min(Long.parseLong(range.group(2)) + 1, size);
    if (start >= size) {
      answer.header("Content-Range", "bytes */" + size);
      answer.status("416 Range Not Satisfiable");
      return;
    }
    answer.header("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + size);
    answer.content("206 Partial Content", content, start, end, misbehaviour);
  }

  /** One answer; the connection ends with it. */
  private static final class Answer {
    private final Socket client;
    private final OutputStream out;
    private final StringBuilder headers = new StringBuilder();

    Answer(Socket client, OutputStream out) {
      this.client = client;
      this.out = out;
    }

    void header(String name, String value) {
      headers.append(name).append(": ").append(value).append("\r\n");
    }

    void status(String statusAndHeaders) throws IOException {
      List<String> lines = statusAndHeaders.lines().toList();
      lines.stream().skip(1).forEach(line -> headers.append(line).append("\r\n"));
      text(lines.get(0), "");
    }

    void redirect(String location) throws IOException {
      header("Location", location);
      text("302 Found", "Found. Redirecting");
    }

    void error(String status, @Nullable String code, String message) throws IOException {
      if (code != null) {
        header("X-Error-Code", code);
      }
      header("X-Error-Message", message);
      text(status, "{\"error\":\"" + message + "\"}");
    }

    void text(String status, String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      head(status, bytes.length);
      out.write(bytes);
      out.flush();
    }

    void content(
        String status, FakeContent content, long start, long end, Misbehaviour misbehaviour)
        throws IOException {
      head(status, misbehaviour.claimsNoLength ? -1 : end - start);
      long until = misbehaviour.dropBefore(start, end);
      content.write(start, until, out);
      out.flush();
      if (until < end) {
        misbehaviour.ends(client);
      }
    }

    private void head(String status, long length) throws IOException {
      if (length >= 0) {
        header("Content-Length", String.valueOf(length));
      }
      header("Connection", "close");
      out.write(
          ("HTTP/1.1 " + status + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException gone) {
                // The client went away, or the test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
