package dev.pipeline.documents;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a document, small enough for one vector.
 *
 * @param firstLine from 1
 * @param lastLine inclusive
 */
record Chunk(int firstLine, int lastLine, String text) {
  /** Characters: a paragraph or a method, which still has one meaning. */
  static final int SIZE = 1000;

  /** Characters that two neighbours may share, so that no sentence is cut in both. */
  static final int OVERLAP = 200;

  /**
   * {@code text} in pieces of whole lines, ended at an empty line where one is near; a line that is
   * too long is cut at a space.
   */
  static List<Chunk> of(String text) {
    List<Line> lines = lines(text);
    List<Chunk> chunks = new ArrayList<>();
    int from = 0;
    while (from < lines.size()) {
      int to = end(lines, from);
      Chunk chunk = joined(lines.subList(from, to));
      if (chunk.text().codePoints().anyMatch(Character::isLetterOrDigit)) {
        chunks.add(chunk);
      }
      from = to == lines.size() ? to : overlapping(lines, from, to);
    }
    return chunks;
  }

  private record Line(int number, String text) {
    int length() {
      return text.length() + 1;
    }
  }

  private static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String rest = line.stripTrailing();
      while (rest.length() > SIZE) {
        int space = rest.lastIndexOf(' ', SIZE);
        int cut = space > SIZE / 2 ? space : wholeCharacter(rest, SIZE);
        lines.add(new Line(number, rest.substring(0, cut)));
        rest = rest.substring(cut).stripLeading();
      }
      lines.add(new Line(number, rest));
    }
    return lines;
  }

  /** Never between the two halves of a character. */
  private static int wholeCharacter(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
  }

  private static int end(List<Line> lines, int from) {
    int to = from;
    int length = 0;
    int paragraph = 0;
    while (to < lines.size() && (to == from || length + lines.get(to).length() <= SIZE)) {
      length += lines.get(to).length();
      to++;
      if (length > SIZE / 2 && lines.get(to - 1).text().isBlank()) {
        paragraph = to;
      }
    }
    return to < lines.size() && paragraph > 0 ? paragraph : to;
  }

  /** The first line of the next piece: a few lines back, but beyond the first of this one. */
  private static int overlapping(List<Line> lines, int from, int to) {
    int next = to;
    int shared = 0;
    while (next - 1 > from && shared + lines.get(next - 1).length() <= OVERLAP) {
      next--;
      shared += lines.get(next).length();
    }
    return next;
  }

  private static Chunk joined(List<Line> lines) {
    String text = String.join("\n", lines.stream().map(Line::text).toList()).strip();
    return new Chunk(lines.get(0).number(), lines.get(lines.size() - 1).number(), text);
  }
}
