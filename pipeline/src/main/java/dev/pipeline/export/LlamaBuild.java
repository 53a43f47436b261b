package dev.pipeline.export;

import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.io.Failure;
import dev.pipeline.model.Architectures;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The llama.cpp that loads, judges and scores a packaged model: the one that ships, or a newer one
 * of the user's own.
 *
 * @param library the user's libllama.so; empty for the one that ships
 */
public record LlamaBuild(Optional<Path> library) {
  /** The families of ours that the llama.cpp on the class path loads: build b4916. */
  private static final Set<String> KNOWN_TO_SHIPPED = Set.of("llama", "phi2", "phi3", "qwen2");

  /** The one that ships. */
  public static final LlamaBuild SHIPPED = new LlamaBuild(Optional.empty());

  /** Starts it in a child JVM. */
  public LlamaProcess start() {
    return LlamaProcess.start(library);
  }

  /** Fails if it could not load {@code base}, before any time is spent on training it. */
  public void preflight(ModelFolder base) {
    if (library.isPresent()) {
      try (LlamaProcess llama = start()) {
        llama.describe();
      }
      return;
    }
    String architecture = Architectures.of(base.config(), base.configName()).ggufName();
    if (!KNOWN_TO_SHIPPED.contains(architecture)) {
      throw Failure.refused(
          base.configName()
              + ": the llama.cpp that ships is older than "
              + architecture
              + " and could neither judge nor serve the model",
          "set llama_library in package.yaml to the libllama.so of a newer llama.cpp of your own,"
              + " or train the adapter alone with --only");
    }
  }
}
