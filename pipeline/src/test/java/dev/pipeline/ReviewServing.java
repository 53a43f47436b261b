package dev.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code pipeline review serve} in a process of its own, which a test may kill. */
final class ReviewServing implements AutoCloseable {
  private final Process process;

  /** Each reviewer's link, by name. */
  private final Map<String, String> links = new LinkedHashMap<>();

  private ReviewServing(Process process) {
    this.process = process;
  }

  static ReviewServing start(Path folder, String... reviewers) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("../scripts/pipeline", "review", "serve", "--folder"));
    command.add(folder.toAbsolutePath().toString());
    for (String reviewer : reviewers) {
      command.addAll(List.of("--reviewer", reviewer));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PIPELINE_SKIP_BUILD", "1");
    ReviewServing serving = new ReviewServing(builder.start());
    BufferedReader output = serving.process.inputReader();
    String line = output.readLine();
    while (line != null && !line.startsWith("Ctrl-C")) {
      String[] words = line.split(" {2}", 2);
      serving.links.put(words[0], words[words.length - 1]);
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("it said " + serving.links);
    }
    return serving;
  }

  int port() {
    String link = links.values().iterator().next();
    return Integer.parseInt(link.replaceFirst(".*:(\\d+)/#.*", "$1"));
  }

  /** What proves that a request is {@code reviewer}'s. */
  String token(String reviewer) {
    String link = links.getOrDefault(reviewer, "#");
    return link.substring(link.indexOf('#') + 1);
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
