package dev.pipeline.release.ollama;

/** What Ollama's API does not allow, with the status and the error that it is answered with. */
final class FakeOllamaRefusal extends RuntimeException {
  final int status;

  FakeOllamaRefusal(int status, String error) {
    super(error);
    this.status = status;
  }

  String error() {
    return String.valueOf(getMessage());
  }
}
