package dev.pipeline.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code FuzzMain KIND SEED FIRST COUNT FOLDER}: one campaign, ends with 1 when it found something.
 */
final class FuzzMain {
  private FuzzMain() {}

  public static void main(String[] arguments) throws IOException {
    Target target =
        switch (arguments[0]) {
          case "safetensors" -> new SafetensorsTarget();
          case "gguf" -> new GgufTarget();
          case "tokenizer" -> new TokenizerTarget();
          case "template" -> new TemplateTarget();
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    Path folder = Files.createDirectories(Path.of(arguments[4]));
    Fuzzer fuzzer =
        new Fuzzer(folder)
            .run(
                target,
                Long.parseLong(arguments[1]),
                Long.parseLong(arguments[2]),
                Long.parseLong(arguments[3]));
    System.out.println(arguments[0] + ": " + fuzzer);
    fuzzer.findings().forEach(System.out::println);
    System.exit(fuzzer.findings().isEmpty() && fuzzer.sawBoth() ? 0 : 1);
  }
}
