package dev.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code pipeline serve} as people start it, on a free port. */
final class Serving implements AutoCloseable {
  private final Process process;
  private final String address;

  private Serving(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  static Serving start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("../scripts/pipeline", "serve", "--port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PIPELINE_SKIP_BUILD", "1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith("listening at ")) {
        return new Serving(process, line.substring("listening at ".length()));
      }
    }
    throw new IOException("it said " + said);
  }

  /** Where a page is. */
  String page(String path) {
    return address + path;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
