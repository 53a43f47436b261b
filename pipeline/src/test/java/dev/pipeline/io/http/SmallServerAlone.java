package dev.pipeline.io.http;

import java.io.IOException;

/**
 * A server in a process of its own, until its input ends: the JDK's server reads how patient it is
 * once, and another test's server may have been the first of this process.
 */
final class SmallServerAlone {
  private SmallServerAlone() {}

  public static void main(String[] arguments) throws IOException {
    try (SmallServer server =
        SmallServer.start(SmallServer.thisMachine(), 0, 1000, request -> Reply.json("heard"))) {
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        // Nobody writes; whoever started this closes the pipe.
      }
    }
  }
}
