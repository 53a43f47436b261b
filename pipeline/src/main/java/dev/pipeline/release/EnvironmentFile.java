package dev.pipeline.release;

/** The lines that an application's {@code .env} needs to ask for a release by name. */
final class EnvironmentFile {
  private EnvironmentFile() {}

  static String text(String model, int version) {
    return """
        # Release %2$d, by its own name at the Ollama server. %1$s:latest follows releases and rollbacks,
        # %1$s:previous is the release before the one that serves.
        LLM_DEFAULT_MODEL=%1$s:v%2$d
        """
        .formatted(model, version);
  }
}
