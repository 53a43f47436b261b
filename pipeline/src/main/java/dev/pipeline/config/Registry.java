package dev.pipeline.config;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Known things of a kind, one small file each, so that another one needs no code.
 *
 * @param folder holds {@code <name>.yaml}
 * @param kind what such a thing is called, such as model
 * @param keys what every file says, all of them
 * @param example a file that does
 */
record Registry(Path folder, String kind, Set<String> keys, String example) {
  private static final String YAML = ".yaml";

  /** The names of all files, sorted. */
  List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(YAML))
          .map(name -> name.substring(0, name.length() - YAML.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Failure.usage(
          "cannot list " + folder + ": " + Reason.of(e),
          "check its permissions, or name another folder");
    }
  }

  /** What the file of {@code name} says; {@code where} is where the name stood. */
  Node.Fields entry(String name, String where) {
    List<String> names = names();
    if (!names.contains(name)) {
      throw unknown(name, where, names);
    }
    Path file = folder.resolve(name + YAML);
    Node.Fields fields = YamlReader.readFile(file);
    fields
        .nodes()
        .forEach(
            (key, node) -> {
              if (!keys.contains(key)) {
                throw Failure.usage(
                    node.where() + ": unknown key \"" + key + "\" of a " + kind,
                    NearestKey.fix(key, keys));
              }
            });
    for (String key : keys) {
      if (!fields.nodes().containsKey(key)) {
        throw Failure.usage(file + ": " + key + " is missing", "write it as " + example + " does");
      }
    }
    return fields;
  }

  private Failure unknown(String name, String where, List<String> names) {
    String near =
        NearestKey.nearest(name, names).map(word -> "did you mean \"" + word + "\"? ").orElse("");
    String all = names.isEmpty() ? "" : "known are " + String.join(", ", names) + "; ";
    return Failure.usage(
        where + ": no " + kind + " \"" + name + "\" in " + folder,
        near + all + "or describe it in " + folder.resolve(name + YAML));
  }
}
