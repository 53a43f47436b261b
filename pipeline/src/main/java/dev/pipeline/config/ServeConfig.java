package dev.pipeline.config;

import java.util.List;
import java.util.Optional;

/**
 * {@code serve.yaml}: pages, REST and chat.
 *
 * @param host address that {@code pipeline serve} listens on; any other than this machine's needs a
 *     token in PIPELINE_SERVE_TOKEN; default 127.0.0.1
 * @param port its port, 0 for a free one; default 8080
 * @param hostNames names that browsers may know this server by, besides localhost and the address
 *     they reached, such as that of a proxy; default none
 * @param chatModel what the chat talks with, as chat --model names it; default the released GGUF
 * @param chatQueue questions that may wait for the model at a time; more are sent away with the
 *     time to come back; default 16
 * @param chatIdleMinutes after which a model that nobody talks with gives its memory back; default
 *     10
 * @param chatTurns latest questions with their answers that go to the model whole; older ones go as
 *     a summary; default 10
 * @param longestQuestion characters a question may have; default 8000
 */
public record ServeConfig(
    String host,
    int port,
    List<String> hostNames,
    Optional<String> chatModel,
    int chatQueue,
    int chatIdleMinutes,
    int chatTurns,
    int longestQuestion) {
  /** What holds without a file. */
  public static final ServeConfig DEFAULTS =
      new ServeConfig("127.0.0.1", 8080, List.of(), Optional.empty(), 16, 10, 10, 8000);

  private static final int LAST_PORT = 65_535;

  /** Refuses values out of range. */
  public ServeConfig {
    Check.notBlank("host", host);
    Check.atLeast("port", 0, port);
    if (port > LAST_PORT) {
      throw Check.bad("port", "must be at most " + LAST_PORT + ", was " + port);
    }
    hostNames = List.copyOf(hostNames);
    if (!hostNames.isEmpty()) {
      Check.notEmpty("host_names", hostNames);
    }
    Check.atLeast("chat_queue", 1, chatQueue);
    Check.atLeast("chat_idle_minutes", 1, chatIdleMinutes);
    Check.atLeast("chat_turns", 1, chatTurns);
    Check.atLeast("longest_question", 1, longestQuestion);
  }
}
