package dev.pipeline.data.corpus;

import dev.pipeline.data.corpus.Grammar.Rule;
import dev.pipeline.data.corpus.Piece.Alternative;
import dev.pipeline.data.corpus.Piece.Origin;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one grammar file.
 *
 * <pre>
 * # a comment
 * [fault]                       defines a symbol; [+fault] adds to what an earlier file defined
 * a cracked (housing|seal)      one alternative a line
 * 3* {part.a} that was {state}  three times as likely; \n is a line break
 * </pre>
 */
final class GrammarParser {
  private static final Pattern HEADER = Pattern.compile("\\[(\\+?)([a-z][a-z0-9_]*)]");
  private static final Pattern WEIGHT = Pattern.compile("([1-9][0-9]{0,3})\\*(?: |$)");
  private static final Pattern REFERENCE =
      Pattern.compile("(@?)([a-z][a-z0-9_]*)(?::([0-9]))?((?:\\.[a-z]+)*)");

  private final String file;

  GrammarParser(String file) {
    this.file = file;
  }

  /** Parses the lines of a file; fails with file and line on anything malformed. */
  Grammar parse(List<String> lines) {
    Map<String, Rule> rules = new LinkedHashMap<>();
    List<Alternative> open = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      Origin origin = new Origin(file, i + 1);
      Matcher header = HEADER.matcher(line);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (header.matches()) {
        open = new ArrayList<>();
        Rule rule = new Rule(header.group(1).isEmpty(), open, origin);
        if (rules.put(header.group(2), rule) != null) {
          throw malformed(origin, "defines [" + header.group(2) + "] a second time");
        }
      } else if (open == null) {
        throw malformed(origin, "has an alternative before the first [symbol]");
      } else {
        open.add(alternative(line, origin));
      }
    }
    return new Grammar(rules);
  }

  private Alternative alternative(String line, Origin origin) {
    Matcher weight = WEIGHT.matcher(line);
    boolean weighted = weight.lookingAt();
    String text = (weighted ? line.substring(weight.end()) : line).replace("\\n", "\n");
    Cursor cursor = new Cursor(text, origin);
    List<Piece> pieces = cursor.sequence(false);
    return new Alternative(weighted ? Integer.parseInt(weight.group(1)) : 1, pieces);
  }

  private static Failure malformed(Origin origin, String what) {
    return Failure.refused(origin + " " + what, "mend that line of the grammar and run again");
  }

  /** Recursive descent over one alternative. */
  private static final class Cursor {
    private final String text;
    private final Origin origin;
    private int at;

    Cursor(String text, Origin origin) {
      this.text = text;
      this.origin = origin;
    }

    List<Piece> sequence(boolean inChoice) {
      List<Piece> pieces = new ArrayList<>();
      StringBuilder literal = new StringBuilder();
      while (at < text.length()
          && !(inChoice && (text.charAt(at) == '|' || text.charAt(at) == ')'))) {
        char next = text.charAt(at);
        if (next == '{' || next == '(') {
          flush(literal, pieces);
          pieces.add(next == '{' ? reference() : choice());
        } else if (next == '}' || next == ')' || next == '|') {
          throw malformed(origin, "has a stray '" + next + "'");
        } else {
          literal.append(next);
          at++;
        }
      }
      flush(literal, pieces);
      return List.copyOf(pieces);
    }

    private Piece choice() {
      List<List<Piece>> options = new ArrayList<>();
      do {
        at++;
        options.add(sequence(true));
      } while (at < text.length() && text.charAt(at) == '|');
      if (at >= text.length()) {
        throw malformed(origin, "has a '(' without its ')'");
      }
      at++;
      return new Piece.Choice(List.copyOf(options));
    }

    private Piece reference() {
      int end = text.indexOf('}', at);
      Matcher matcher = REFERENCE.matcher(end < 0 ? "" : text.substring(at + 1, end));
      if (!matcher.matches()) {
        throw malformed(origin, "has a '{' that opens no {symbol}");
      }
      at = end + 1;
      String number = matcher.group(3) == null ? "" : ":" + matcher.group(3);
      String memory = matcher.group(1).isEmpty() ? "" : matcher.group(2) + number;
      return new Piece.Reference(matcher.group(2), memory, modifiers(matcher.group(4)), origin);
    }

    private List<Modifier> modifiers(String dotted) {
      return Arrays.stream(dotted.split("\\.", -1))
          .filter(name -> !name.isEmpty())
          .map(this::modifier)
          .toList();
    }

    private Modifier modifier(String name) {
      try {
        return Modifier.valueOf(name.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw malformed(origin, "has the unknown modifier ." + name + "; there are .cap and .a");
      }
    }

    private static void flush(StringBuilder literal, List<Piece> pieces) {
      if (literal.length() > 0) {
        pieces.add(new Piece.Literal(literal.toString()));
        literal.setLength(0);
      }
    }
  }
}
