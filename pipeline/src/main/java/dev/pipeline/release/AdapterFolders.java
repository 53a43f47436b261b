package dev.pipeline.release;

import dev.pipeline.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code sft/} and {@code dpo/}, the adapters that people load, as a release had them. They are
 * copies, as training writes over them.
 */
final class AdapterFolders {
  /** The trainings that leave an adapter. */
  static final List<String> NAMES = List.of("sft", "dpo");

  private final ReleaseFolders folders;
  private final ReleaseStore store;

  AdapterFolders(ReleaseFolders folders) {
    this.folders = folders;
    this.store = new ReleaseStore(folders.model());
  }

  /**
   * Makes them those of {@code version}; a folder that it has none for goes. One that was kept
   * without adapters leaves them as they are.
   */
  void restore(int version) {
    ReleaseManifest manifest = store.manifest(version).orElseThrow(() -> store.notKept(version));
    Map<String, Map<String, Path>> kept = new TreeMap<>();
    NAMES.forEach(
        name ->
            manifest.files().keySet().stream()
                .filter(file -> file.startsWith(prefix(name)))
                .forEach(
                    file ->
                        kept.computeIfAbsent(name, none -> new TreeMap<>())
                            .put(
                                file.substring(prefix(name).length()), store.file(version, file))));
    if (!kept.isEmpty()) {
      NAMES.forEach(
          name -> restore(folders.model().resolve(name), kept.getOrDefault(name, Map.of())));
    }
  }

  private static String prefix(String name) {
    return ReleaseManifest.ADAPTERS + "/" + name + "/";
  }

  private static void restore(Path folder, Map<String, Path> files) {
    if (files.isEmpty()) {
      AtomicFiles.deleteRecursively(folder);
      return;
    }
    files.forEach(
        (name, source) ->
            AtomicFiles.writePath(
                folder.resolve(name),
                temporary -> Files.copy(source, temporary, StandardCopyOption.REPLACE_EXISTING)));
    others(folder, files.keySet()).forEach(AtomicFiles::deleteRecursively);
  }

  private static List<Path> others(Path folder, Set<String> wanted) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !wanted.contains(String.valueOf(file.getFileName()))).toList();
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder, e);
    }
  }
}
