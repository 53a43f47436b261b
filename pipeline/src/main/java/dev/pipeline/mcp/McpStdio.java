package dev.pipeline.mcp;

import dev.pipeline.io.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The protocol over standard streams: one message a line, until the input ends. */
public final class McpStdio {
  private McpStdio() {}

  /** Answers every line of {@code in} on {@code out}, in order. */
  public static void serve(McpServer server, InputStream in, PrintStream out) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        Optional<String> answer = server.answer(line);
        answer.ifPresent(
            text -> {
              out.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
              out.flush();
            });
      }
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read the standard input: " + e.getMessage(), "start the server again", e);
    }
  }
}
