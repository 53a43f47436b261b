package dev.pipeline.lineage;

import dev.pipeline.data.Source;
import dev.pipeline.data.VersionFolder;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Rows of all dataset versions, found by where they come from or by what they are. */
final class Rows {
  private final Places places;

  Rows(Places places) {
    this.places = places;
  }

  /**
   * A row, or a line that became none.
   *
   * @param version folder of the dataset version
   * @param file of the version
   * @param number of its line there, from 1
   * @param sha256 of that line
   * @param row the line
   */
  record Found(Path version, String file, int number, String sha256, JsonNode row) {
    /** Whether it was left out, and may only say so. */
    boolean isRejected() {
      return file.equals(VersionFolder.REJECTED);
    }

    boolean isHeldOut() {
      return file.equals(VersionFolder.VALIDATION);
    }

    /** SHA-256 of the raw line; empty where nobody noted it. */
    String raw() {
      return row.path("source").path("raw").asString("");
    }

    /** Whether it comes from that line of that file, by name. */
    boolean comesFrom(String rawFile, int line) {
      return row.path("source").path("file").asString("").equals(rawFile)
          && row.path("source").path("line").asInt(0) == line;
    }

    /** The row as a node. */
    Node node() {
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("file", version.resolve(file).toString());
      facts.put("line", String.valueOf(number));
      facts.put("id", row.path("id").asString(row.path("row").path("id").asString("")));
      facts.put("source", source());
      if (isRejected()) {
        facts.put("left out", row.path("reason").asString(""));
      }
      return new Node(
          Node.idOf(Kind.ROW, sha256),
          Kind.ROW,
          title(facts.getOrDefault("id", "")),
          facts,
          List.of());
    }

    private String title(String id) {
      String what = id.isEmpty() ? "line" : "row " + id;
      if (isRejected()) {
        return what + ", left out: " + row.path("reason").asString("");
      }
      return what + ", line " + number + " of " + file + (isHeldOut() ? ", held out" : "");
    }

    private String source() {
      Source source = Json.mapper().convertValue(row.path("source"), Source.class);
      return source.file() + ":" + source.line();
    }
  }

  /** All that {@code wanted} wants. */
  List<Found> all(Predicate<Found> wanted) {
    List<Found> found = new ArrayList<>();
    for (Path version : DatasetNodes.versions(places)) {
      for (String name :
          List.of(VersionFolder.TRAIN, VersionFolder.VALIDATION, VersionFolder.REJECTED)) {
        search(version, name, wanted, found);
      }
    }
    return found;
  }

  private static void search(
      Path version, String name, Predicate<Found> wanted, List<Found> found) {
    Path file = version.resolve(name);
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        Found row =
            new Found(version, name, number, Hashes.sha256(line), Json.mapper().readTree(line));
        if (row.row().path("source").isObject() && wanted.test(row)) {
          found.add(row);
        }
      }
    } catch (IOException | JacksonException e) {
      String reason = e instanceof IOException io ? Reason.of(io) : "a line is no JSON";
      throw Failure.refused(
          "cannot read " + file + ": " + reason, "restore the file, or curate the data again");
    }
  }
}
