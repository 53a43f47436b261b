package dev.pipeline.serve;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.serve.guard.AccessToken;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where and for whom the service listens.
 *
 * @param address of this machine
 * @param port 0 takes a free one
 * @param token what requests must bring; empty where nobody set one
 * @param words what a command takes to mean the same model, such as {@code --config configs/smoke};
 *     empty where none is needed
 */
public record ServeOptions(
    InetAddress address, int port, Optional<AccessToken> token, String words) {
  private static final int LAST_PORT = 65_535;

  /** Refuses to let strangers in. */
  public ServeOptions {
    if (port < 0 || port > LAST_PORT) {
      throw Failure.usage("there is no port " + port, "choose a --port from 0 to " + LAST_PORT);
    }
    if (token.isEmpty() && !address.isLoopbackAddress()) {
      throw Failure.usage(
          "other machines could reach %s, and there is no token"
              .formatted(address.getHostAddress()),
          "set %s in the environment, or leave the host at 127.0.0.1"
              .formatted(AccessToken.VARIABLE));
    }
  }

  /** The same for the model that commands mean by themselves. */
  public ServeOptions(InetAddress address, int port, Optional<AccessToken> token) {
    this(address, port, token, "");
  }

  /** What {@code config} says, but for what is given on the command line. */
  public static ServeOptions of(
      PipelineConfig config,
      Optional<String> host,
      Optional<Integer> port,
      Optional<AccessToken> token,
      String words) {
    return new ServeOptions(
        address(host.orElse(config.serve().host())),
        port.orElse(config.serve().port()),
        token,
        words);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw Failure.usage(
          "this machine has no address " + host, "set the host to 127.0.0.1 or 0.0.0.0");
    }
  }
}
