package dev.pipeline.release;

import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Package folders whose GGUF files hold a few words. */
final class StagedPackages {
  private StagedPackages() {}

  static void write(Path folder, String model, String runKey) throws IOException {
    Files.createDirectories(folder);
    Map<String, String> files = new TreeMap<>();
    for (String precision : new String[] {"F16", "Q8_0", "Q4_K_M"}) {
      String name = model + "-" + precision + ".gguf";
      String content = "GGUF " + precision + " of " + runKey;
      Files.writeString(folder.resolve(name), content);
      files.put(name, Hashes.sha256(content));
    }
    Files.writeString(
        folder.resolve("manifest.json"),
        Json.pretty(Map.of("files", files, "served", model + "-Q4_K_M.gguf")));
  }
}
