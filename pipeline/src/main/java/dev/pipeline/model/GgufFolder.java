package dev.pipeline.model;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.tokenizer.GgufTokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Makes a model folder around a GGUF: {@code config.json}, {@code tokenizer.json} and {@code
 * tokenizer_config.json} rebuilt from its keys, and a link to the file itself.
 *
 * @param cache folders are kept here under the digest of what they hold
 */
record GgufFolder(Path cache) {
  private static final int DIGITS = 16;

  /**
   * The folder of {@code gguf}, made unless it is there.
   *
   * @param verify called once, before the folder is made
   */
  Path of(Path gguf, Runnable verify) {
    GgufFile file = GgufFile.open(gguf);
    Map<String, String> contents = contents(file);
    try {
      Path target = gguf.toRealPath();
      String digest = Hashes.sha256(target + "\n" + Json.line(contents));
      Path folder = cache.resolve("gguf-" + digest.substring(0, DIGITS));
      if (!Files.isDirectory(folder)) {
        verify.run();
        write(folder, contents, target);
      }
      return folder;
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(cache, e);
    }
  }

  private static Map<String, String> contents(GgufFile file) {
    String config = Json.pretty(GgufConfig.of(file));
    JsonNode node = Json.mapper().readTree(config);
    String origin = file.path().toString();
    // Whatever is wrong is told of the GGUF, not of files the user has never seen.
    Architectures.of(node, origin).shape(node, origin);
    GgufTokenizerFiles tokenizer = GgufTokenizerFiles.of(file.metadata());
    return new TreeMap<>(
        Map.of(
            "config.json", config,
            "tokenizer.json", Json.pretty(tokenizer.tokenizer()),
            "tokenizer_config.json", Json.pretty(tokenizer.config())));
  }

  /** Several processes may do this at once: whoever renames first wins, with equal content. */
  private static void write(Path folder, Map<String, String> contents, Path target)
      throws IOException {
    Path parent = Files.createDirectories(folder.resolveSibling(""));
    Path staged = Files.createTempDirectory(parent, folder.getFileName() + AtomicFiles.PARTIAL);
    try {
      contents.forEach((name, text) -> AtomicFiles.writeString(staged.resolve(name), text));
      Files.createSymbolicLink(staged.resolve(ModelFolder.GGUF), target);
      Files.move(staged, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    } finally {
      AtomicFiles.deleteRecursively(staged);
    }
  }
}
