package dev.pipeline.cli;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A JSON file of token sequences: {@code [[1, 15, 2], [7, 8]]}. */
final class TokenSequences {
  private final Path file;

  private TokenSequences(Path file) {
    this.file = file;
  }

  /**
   * Reads at least one sequence of at least one token; ids may still be unknown to a model. Faults
   * count from 0.
   */
  static List<long[]> read(Path file) {
    return new TokenSequences(file).read();
  }

  private List<long[]> read() {
    JsonNode json = parse();
    if (!json.isArray() || json.isEmpty()) {
      throw refused("it is no list or an empty one");
    }
    List<long[]> sequences = new ArrayList<>();
    for (JsonNode sequence : json) {
      sequences.add(tokens(sequence, sequences.size()));
    }
    return sequences;
  }

  private long[] tokens(JsonNode sequence, int number) {
    if (!sequence.isArray() || sequence.isEmpty()) {
      throw refused("sequence " + number + " is no list or an empty one");
    }
    for (int i = 0; i < sequence.size(); i++) {
      if (!sequence.get(i).isIntegralNumber() || !sequence.get(i).canConvertToLong()) {
        throw refused("sequence %d holds %s at place %d".formatted(number, sequence.get(i), i));
      }
    }
    return sequence.valueStream().mapToLong(JsonNode::asLong).toArray();
  }

  private JsonNode parse() {
    try {
      return Json.mapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file, "check that it is readable and UTF-8");
    } catch (JacksonException e) {
      throw refused(Json.fault(e));
    }
  }

  private Failure refused(String reason) {
    return Failure.refused(
        file + " is no list of lists of token ids: " + reason,
        "write it like [[1, 15, 2], [7, 8]]");
  }
}
