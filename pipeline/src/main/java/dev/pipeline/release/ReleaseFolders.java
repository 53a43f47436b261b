package dev.pipeline.release;

import java.nio.file.Path;

/**
 * Where the releases of one model lie.
 *
 * @param model the model's folder, such as {@code artifacts/phi4-joshi}
 */
record ReleaseFolders(Path model) {
  /** What is served: a symbolic link into the store, so that one rename changes all of it. */
  Path serving() {
    return model.resolve("models");
  }

  /** The log; its last line says what is to be served. */
  Path log() {
    return model.resolve("releases.json");
  }

  /** Every release that is kept, by version. */
  Path store() {
    return model.resolve("releases");
  }

  /** The folder of one release. */
  Path release(int version) {
    return store().resolve(Integer.toString(version));
  }

  /** The files of one release that are served. */
  Path served(int version) {
    return release(version).resolve(ReleaseManifest.MODELS);
  }

  /** A switch that was begun and not finished. */
  Path pending() {
    return store().resolve("switch.json");
  }

  /** Held by whoever publishes, rolls back or prunes. */
  Path lock() {
    return model.resolve(".release.lock");
  }
}
