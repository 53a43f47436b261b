package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import dev.pipeline.track.wandb.WandbServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The servers that a machine's environment names: whether they can be reached, and whether a key is
 * there. No key is ever read further than that, let alone told.
 *
 * @param environment of the process
 */
record Servers(Map<String, String> environment) {
  private static final String KEY = "[!-~]+";
  private static final int PATIENCE_MILLIS = 3000;
  private static final Set<String> WANDB_ONLINE = Set.of("", "online", "run", "shared");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Qdrant, by QDRANT_URL or memory.qdrant_url, and QDRANT_API_KEY. */
  Examination qdrant(PipelineConfig config) {
    Optional<String> named = variable("QDRANT_URL");
    Optional<String> url = named.or(() -> config.memory().qdrantUrl().map(URI::toString));
    if (url.isEmpty()) {
      return Examination.ok(
          "Qdrant",
          "not asked for (no QDRANT_URL); plans lie in " + Workspace.of(config.model()).memory());
    }
    Examination server =
        reach(
            "Qdrant",
            named.isPresent() ? "QDRANT_URL" : "memory.qdrant_url",
            url.get(),
            "start Qdrant, correct the address of its gRPC port, or unset it to keep plans in files");
    if (!variable("QDRANT_API_KEY").orElse("key").matches(KEY)) {
      return Examination.warn(
          "Qdrant", "QDRANT_API_KEY holds characters that no key has", "set it to the key alone");
    }
    return server.state() == Examination.State.PASS ? withKey(server, "QDRANT_API_KEY") : server;
  }

  /** Weights & Biases, by WANDB_API_KEY, WANDB_MODE and WANDB_BASE_URL. */
  Examination wandb() {
    String mode = variable(WandbServer.MODE).orElse("");
    if (WandbServer.isLocal(environment)) {
      return Examination.ok("W&B", "WANDB_MODE is " + mode + "; metrics lie in local files");
    }
    if (!WANDB_ONLINE.contains(mode)) {
      return Examination.warn(
          "W&B",
          "WANDB_MODE is none that W&B knows: " + mode.replaceAll("[^ -~]", "?"),
          "set it to online or offline, or unset it");
    }
    if (variable("WANDB_API_KEY").isEmpty()) {
      return variable("WANDB_BASE_URL").isEmpty()
          ? Examination.ok("W&B", "not asked for (no WANDB_API_KEY); metrics lie in local files")
          : Examination.warn(
              "W&B",
              "WANDB_BASE_URL is set, but no WANDB_API_KEY",
              "set WANDB_API_KEY, or unset WANDB_BASE_URL");
    }
    if (!variable("WANDB_API_KEY").orElse("").matches(KEY)) {
      return Examination.warn(
          "W&B", "WANDB_API_KEY holds characters that no key has", "set it to the key alone");
    }
    Examination server =
        reach(
            "W&B",
            variable("WANDB_BASE_URL").isPresent() ? "WANDB_BASE_URL" : "WANDB_API_KEY is set",
            variable("WANDB_BASE_URL").orElse("https://api.wandb.ai"),
            "connect to the network, correct WANDB_BASE_URL, or set WANDB_MODE=offline");
    return server.state() == Examination.State.PASS ? withKey(server, "WANDB_API_KEY") : server;
  }

  /** Ollama where only OLLAMA_HOST names it: for chat, ask and bench. */
  Examination ollama(PipelineConfig config) {
    OllamaPlace place = OllamaPlace.of(config.release(), environment);
    return reach(
        "Ollama",
        place.from(),
        place.address().toString(),
        "start it with 'ollama serve', or correct " + place.from());
  }

  /** Whether OLLAMA_HOST names a server. */
  boolean namesOllama() {
    return variable("OLLAMA_HOST").isPresent();
  }

  private Examination withKey(Examination server, String key) {
    return Examination.ok(
        server.place(),
        server.detail() + (variable(key).isPresent() ? ", " + key + " is set" : ", no " + key));
  }

  private static Examination reach(String place, String setting, String url, String fix) {
    URI address = address(setting, url);
    int port =
        address.getPort() > 0
            ? address.getPort()
            : "https".equals(address.getScheme()) ? HTTPS : HTTP;
    String where = address.getHost() + ":" + port;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), port), PATIENCE_MILLIS);
      return Examination.ok(place, "something listens at " + where);
    } catch (UnknownHostException e) {
      return Examination.warn(place, setting + ": nobody knows the host " + address.getHost(), fix);
    } catch (IOException e) {
      return Examination.warn(
          place, "%s: no server answers at %s (%s)".formatted(setting, where, Reason.of(e)), fix);
    }
  }

  /** What stands before an @ is a secret, so that the address itself is never told. */
  private static URI address(String setting, String url) {
    try {
      URI address = URI.create(url.contains("://") ? url : "http://" + url);
      if (address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw Failure.usage(setting + " is no address", "write it as http://localhost:6334");
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }
}
