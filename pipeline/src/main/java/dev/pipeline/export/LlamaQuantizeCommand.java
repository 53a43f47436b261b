package dev.pipeline.export;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Children;
import dev.pipeline.io.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantises with the user's own {@code llama-quantize}, which may know models that the built-in
 * kernels' build does not.
 *
 * @param program path of the program
 * @param threads of computation
 */
public record LlamaQuantizeCommand(Path program, int threads) implements Quantiser {
  /** A line such as {@code [ 12/ 243] blk.0.attn_q.weight ...}. */
  private static final Pattern TENSOR = Pattern.compile("^\\[\\s*(\\d+)/\\s*(\\d+)]");

  private static final int LAST_LINES = 3;

  /** Refuses a program that does not start or is another one; quantises nothing. */
  public void check() {
    try {
      Process process =
          Children.withoutSecrets(List.of(program.toString(), "--help"))
              .redirectErrorStream(true)
              .start();
      try {
        process.getOutputStream().close();
        String usage = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!usage.contains(FileType.Q4_K_M.name())) {
          throw notQuantize("its --help does not know Q4_K_M");
        }
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw notQuantize(String.valueOf(e.getMessage()));
    }
  }

  private Failure notQuantize(String detail) {
    return Failure.infrastructure(
        program + " is no llama-quantize that works: " + detail,
        "correct llama_quantize in package.yaml, or leave it out to use the built-in kernels",
        null);
  }

  @Override
  public void quantise(
      Path input,
      Path output,
      FileType fileType,
      Optional<Path> importance,
      DoubleConsumer progress) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    importance.ifPresent(matrix -> command.addAll(List.of("--imatrix", matrix.toString())));
    command.addAll(
        List.of(input.toString(), output.toString(), fileType.name(), Integer.toString(threads)));
    try {
      Process process = Children.withoutSecrets(command).redirectErrorStream(true).start();
      try {
        Deque<String> last = follow(process, progress);
        int status = process.waitFor();
        if (status != 0) {
          throw failed(input, "status " + status + ": " + String.join(" | ", last));
        }
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      AtomicFiles.deleteRecursively(output);
      throw failed(input, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      AtomicFiles.deleteRecursively(output);
      Thread.currentThread().interrupt();
      throw Failure.interrupted(
          "asked to stop while " + program + " was working", "run the same command to continue");
    } catch (Failure failure) {
      AtomicFiles.deleteRecursively(output);
      throw failure;
    }
  }

  private static Deque<String> follow(Process process, DoubleConsumer progress) throws IOException {
    process.getOutputStream().close();
    Deque<String> last = new ArrayDeque<>(List.of());
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher tensor = TENSOR.matcher(line);
        if (tensor.find()) {
          progress.accept(
              Double.parseDouble(tensor.group(1)) / Double.parseDouble(tensor.group(2)));
        }
        if (!line.isBlank()) {
          last.add(line.strip());
        }
        while (last.size() > LAST_LINES) {
          last.remove();
        }
      }
    }
    return last;
  }

  private Failure failed(Path input, String detail) {
    return Failure.infrastructure(
        "%s could not quantise %s: %s".formatted(program, input, detail),
        "check that it is llama.cpp's llama-quantize and that the disk has room, or configure none"
            + " to use the built-in kernels",
        null);
  }
}
