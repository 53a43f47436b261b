package dev.pipeline.io;

import java.util.Set;

/** Names of this very machine, where nobody else reads what is sent. */
public final class Loopback {
  /** As the header Host has them. */
  public static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private Loopback() {}

  /** Whether {@code host}, of an address, with or without brackets, is this machine. */
  public static boolean is(String host) {
    return NAMES.contains(host) || host.equals("::1");
  }
}
