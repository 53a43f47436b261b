package dev.pipeline.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a Modelfile as Ollama's documentation says and its parser does; written from those and not
 * from what writes the file.
 *
 * <p>The rules: a command is a word, a space and a value, in any case of letters. {@code PARAMETER}
 * has a name before its value, {@code MESSAGE} a role. A value ends at a line break, unless it
 * began with one or three double quotes; then at the line break after the quotes close. What Go
 * does not call printable is dropped, but for white space within a value.
 *
 * @see <a href="https://docs.ollama.com/modelfile">Modelfile reference</a>
 */
final class ModelfileParser {
  private static final Set<String> COMMANDS =
      Set.of("from", "parameter", "template", "system", "adapter", "license", "message");

  private final String text;
  private final List<Command> commands = new ArrayList<>();
  private int at;

  private ModelfileParser(String text) {
    this.text = text;
  }

  /** A command; of a parameter, its name. */
  record Command(String name, String value) {}

  static List<Command> parse(String text) {
    ModelfileParser parser = new ModelfileParser(text);
    parser.run();
    if (parser.commands.stream().noneMatch(command -> command.name().equals("from"))) {
      throw new IllegalArgumentException("no FROM line");
    }
    return List.copyOf(parser.commands);
  }

  /** The values of the commands of that name, in order. */
  static List<String> values(List<Command> commands, String name) {
    return commands.stream()
        .filter(command -> command.name().equals(name))
        .map(Command::value)
        .toList();
  }

  private void run() {
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        return;
      }
      if (text.charAt(at) == '#') {
        line();
        continue;
      }
      String name = word().toLowerCase(Locale.ROOT);
      if (!COMMANDS.contains(name)) {
        throw new IllegalArgumentException("unknown command " + name);
      }
      if (name.equals("parameter")) {
        name = word();
      }
      commands.add(new Command(name, value()));
    }
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (at == start || at >= text.length() || (text.charAt(at) != ' ' && text.charAt(at) != '\t')) {
      throw new IllegalArgumentException("a space is missing behind " + text.substring(start, at));
    }
    String word = text.substring(start, at);
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return word;
  }

  /** Lines are added until what is there is a whole value. */
  private String value() {
    StringBuilder value = new StringBuilder();
    while (true) {
      value.append(line());
      String stripped = value.toString().strip();
      if (stripped.startsWith("\"\"\"")) {
        if (stripped.length() >= 6 && stripped.endsWith("\"\"\"")) {
          return printable(stripped.substring(3, stripped.length() - 3));
        }
      } else if (stripped.startsWith("\"")) {
        if (stripped.length() >= 2 && stripped.endsWith("\"")) {
          return printable(stripped.substring(1, stripped.length() - 1));
        }
      } else {
        return printable(stripped);
      }
      if (at >= text.length()) {
        throw new IllegalArgumentException("a value is not closed");
      }
      value.append('\n');
    }
  }

  private String line() {
    int end = text.indexOf('\n', at);
    String line = text.substring(at, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end + 1;
    return line;
  }

  private static String printable(String value) {
    StringBuilder kept = new StringBuilder();
    value
        .codePoints()
        .filter(
            c ->
                c == '\n'
                    || c == '\r'
                    || c == '\t'
                    || c == ' '
                    || (!Character.isISOControl(c)
                        && !Character.isSpaceChar(c)
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.UNASSIGNED
                        && Character.getType(c) != Character.PRIVATE_USE))
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
