package dev.pipeline.data.feedback;

import dev.pipeline.io.Failure;
import dev.pipeline.io.http.SmallServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** {@code POST /feedback} on a port of this machine or, behind a token, of all its networks. */
public final class FeedbackServer implements AutoCloseable {
  /** The environment's name of the token. */
  public static final String TOKEN = "PIPELINE_FEEDBACK_TOKEN";

  private static final int SHORTEST_TOKEN = 16;

  private final SmallServer server;
  private final String host;

  private FeedbackServer(SmallServer server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * Starts to listen.
   *
   * @param token what requests must bring; empty where the environment has none
   * @throws Failure where strangers could send feedback without a token
   */
  public static FeedbackServer start(
      FeedbackStore store, String host, int port, Optional<String> token) {
    InetAddress address = address(host);
    if (token.isEmpty() && !address.isLoopbackAddress()) {
      throw Failure.usage(
          "feedback.host is "
              + host
              + ", where other machines can send feedback, and there is no token",
          "set " + TOKEN + " in the environment, or leave feedback.host at 127.0.0.1");
    }
    if (token.filter(text -> text.length() < SHORTEST_TOKEN).isPresent()) {
      throw Failure.usage(
          TOKEN + " has fewer than " + SHORTEST_TOKEN + " characters",
          "make one with: openssl rand -hex 32");
    }
    FeedbackSite site = new FeedbackSite(store, token);
    return new FeedbackServer(
        SmallServer.start(address, port, FeedbackSite.LARGEST_BODY, site::answer), host);
  }

  /** Where to send feedback. */
  public String address() {
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + server.port()
        + "/feedback";
  }

  @Override
  public void close() {
    server.close();
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw Failure.usage(
          "feedback.host: there is no address " + host, "set it to 127.0.0.1 or 0.0.0.0");
    }
  }
}
