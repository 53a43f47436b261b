package dev.pipeline.cli;

import dev.pipeline.io.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** A command as a person types it, run in this process. */
record Typed(int status, String out, String err) {
  static Typed run(String... arguments) {
    return run(new StopSignal(), arguments);
  }

  static Typed run(StopSignal stop, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int status =
          Main.commandLine(stop)
              .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
              .setErr(new PrintWriter(err, true))
              .execute(arguments);
      return new Typed(status, out.toString(StandardCharsets.UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }
}
