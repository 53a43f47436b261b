package dev.pipeline.serve.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The card of a dataset: as much of Markdown as {@code DatasetCard} writes, which is headings,
 * paragraphs, tables and words in backticks. What is anything else stays as it is written.
 */
public record Card(List<Block> blocks) {
  private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.+)");
  private static final Pattern RULE = Pattern.compile("\\|[-:| ]+\\|");

  /** What a block of the card is. */
  public enum Form {
    HEADING,
    PARAGRAPH,
    TABLE
  }

  /**
   * A heading, a paragraph or a table.
   *
   * @param rows lines of cells; one line with one cell where it is no table
   */
  public record Block(Form form, List<List<Cell>> rows) {}

  /** Words of a cell in turn: plain, in backticks, plain, and so on. */
  public record Cell(List<String> pieces) {
    static Cell of(String text) {
      return new Cell(List.of(text.strip().split("`", -1)));
    }
  }

  /** The card that says {@code markdown}, without the name, which the page shows anyway. */
  static Card of(String markdown) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : (markdown + "\n\n").lines().toList()) {
      if (line.isBlank() || HEADING.matcher(line).matches()) {
        block(lines, blocks);
        lines.clear();
      }
      if (!line.isBlank() && !line.startsWith("# ")) {
        lines.add(line);
        if (HEADING.matcher(line).matches()) {
          block(lines, blocks);
          lines.clear();
        }
      }
    }
    block(lines, blocks);
    return new Card(List.copyOf(blocks));
  }

  private static void block(List<String> lines, List<Block> blocks) {
    if (lines.isEmpty()) {
      return;
    }
    var heading = HEADING.matcher(lines.get(0));
    if (heading.matches()) {
      blocks.add(new Block(Form.HEADING, List.of(List.of(Cell.of(heading.group(2))))));
    } else if (lines.stream().allMatch(line -> line.startsWith("|"))) {
      blocks.add(
          new Block(
              Form.TABLE,
              lines.stream()
                  .filter(line -> !RULE.matcher(line).matches())
                  .map(Card::cells)
                  .toList()));
    } else {
      blocks.add(new Block(Form.PARAGRAPH, List.of(List.of(Cell.of(String.join("\n", lines))))));
    }
  }

  private static List<Cell> cells(String line) {
    String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
    return Pattern.compile("(?<!\\\\)\\|").splitAsStream(inner).map(Cell::of).toList();
  }
}
