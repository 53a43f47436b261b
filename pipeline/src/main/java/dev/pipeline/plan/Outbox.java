package dev.pipeline.plan;

import dev.pipeline.io.Json;
import dev.pipeline.io.LineLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes on the disk that may not have arrived yet, oldest first. What a crash leaves behind is
 * delivered once more, which changes nothing: ids follow from what a note is about. The caller
 * keeps other processes out while it changes them.
 */
final class Outbox {
  private final LineLog log;

  Outbox(Path file) {
    this.log = new LineLog(file);
  }

  List<Note> read() {
    List<Note> notes = new ArrayList<>();
    int number = 0;
    for (String line : log.read()) {
      number++;
      notes.add(Json.parse(line, Note.class, log.file() + " line " + number));
    }
    return notes;
  }

  /** On the disk when this returns. */
  void append(Note note) {
    log.append(List.of(Json.line(note)));
  }

  void replace(List<Note> notes) {
    log.replace(notes.stream().map(Json::line).toList());
  }
}
