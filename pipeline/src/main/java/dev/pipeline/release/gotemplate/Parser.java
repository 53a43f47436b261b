package dev.pipeline.release.gotemplate;

import dev.pipeline.release.gotemplate.Expression.Command;
import dev.pipeline.release.gotemplate.Expression.Node;
import dev.pipeline.release.gotemplate.Expression.Pipe;
import dev.pipeline.release.gotemplate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of a template.
 *
 * @see <a href="https://pkg.go.dev/text/template#hdr-Actions">Actions</a>
 */
final class Parser {
  private static final Set<String> BRANCHES = Set.of("if", "range", "with");
  private static final Set<String> LEAVES = Set.of("break", "continue");
  private static final Set<String> UNKNOWN = Set.of("define", "block", "template");

  private final List<Token> tokens;
  private int at;
  private int loops;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static List<Node> parse(String source) {
    Parser parser = new Parser(Lexer.tokens(source));
    List<Node> nodes = parser.nodes();
    if (parser.peek().kind() != Kind.END) {
      throw new GoTemplateException("{{ " + parser.peek().text() + " }} without a beginning");
    }
    return nodes;
  }

  /** Nodes up to the end, or to an {@code else} or {@code end}, whose word comes next. */
  private List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    while (true) {
      Token token = next();
      if (token.kind() == Kind.TEXT) {
        nodes.add(new Node.Text(token.text()));
      } else if (token.kind() == Kind.END) {
        at--;
        return nodes;
      } else {
        skipSpace();
        if (isWord("else") || isWord("end")) {
          return nodes;
        }
        nodes.add(action());
      }
    }
  }

  private Node action() {
    Token first = peek();
    if (first.kind() == Kind.WORD && BRANCHES.contains(first.text())) {
      next();
      return branch(first.text());
    }
    if (first.kind() == Kind.WORD && LEAVES.contains(first.text())) {
      next();
      close();
      if (loops == 0) {
        throw new GoTemplateException("{{ " + first.text() + " }} outside of a range");
      }
      return new Node.Leave(first.text());
    }
    if (first.kind() == Kind.WORD && UNKNOWN.contains(first.text())) {
      throw new GoTemplateException("{{ " + first.text() + " }} is not known here");
    }
    Pipe pipe = pipe(1);
    close();
    return new Node.Action(pipe);
  }

  private Node branch(String keyword) {
    Pipe pipe = pipe(keyword.equals("range") ? 2 : 1);
    close();
    loops += keyword.equals("range") ? 1 : 0;
    List<Node> body = nodes();
    loops -= keyword.equals("range") ? 1 : 0;
    return new Node.Branch(keyword, pipe, body, otherwise(keyword));
  }

  private @Nullable List<Node> otherwise(String keyword) {
    if (peek().kind() == Kind.END) {
      throw new GoTemplateException("{{ " + keyword + " }} without {{ end }}");
    }
    if (next().text().equals("end")) {
      close();
      return null;
    }
    skipSpace();
    // An "else if" is an if of its own within the else, and shares its end.
    if (keyword.equals("if") && isWord("if")) {
      next();
      return List.of(branch("if"));
    }
    close();
    List<Node> otherwise = nodes();
    if (!isWord("end")) {
      throw new GoTemplateException("{{ else }} without {{ end }}");
    }
    next();
    close();
    return otherwise;
  }

  private Pipe pipe(int mostVariables) {
    skipSpace();
    int start = at;
    List<String> variables = new ArrayList<>();
    boolean declares = false;
    if (peek().kind() == Kind.VARIABLE) {
      declares = variables(variables, mostVariables);
      if (variables.isEmpty()) {
        at = start;
      }
    }
    List<Command> commands = new ArrayList<>();
    commands.add(command());
    while (peek().is(Kind.SIGN, "|")) {
      next();
      commands.add(command());
    }
    return new Pipe(List.copyOf(variables), declares, List.copyOf(commands));
  }

  /** Reads {@code $a, $b :=}; leaves the list empty where a variable is just used. */
  private boolean variables(List<String> variables, int most) {
    List<String> names = new ArrayList<>(List.of(next().text()));
    skipSpace();
    if (peek().is(Kind.SIGN, ",") && most == 2) {
      next();
      skipSpace();
      names.add(next().text());
      skipSpace();
    }
    Token sign = peek();
    if (!sign.is(Kind.SIGN, ":=") && !sign.is(Kind.SIGN, "=")) {
      return false;
    }
    next();
    variables.addAll(names);
    return sign.text().equals(":=");
  }

  private Command command() {
    List<Expression> words = new ArrayList<>();
    skipSpace();
    while (!isCommandEnd()) {
      words.add(word());
      if (!isCommandEnd() && peek().kind() != Kind.SPACE) {
        throw new GoTemplateException("unexpected '" + peek().text() + "' behind an argument");
      }
      skipSpace();
    }
    if (words.isEmpty()) {
      throw new GoTemplateException("a command is missing");
    }
    return new Command(List.copyOf(words));
  }

  private boolean isCommandEnd() {
    Token token = peek();
    return token.kind() == Kind.CLOSE || token.is(Kind.SIGN, "|") || token.is(Kind.SIGN, ")");
  }

  private Expression word() {
    Token token = next();
    return switch (token.kind()) {
      case STRING -> new Expression.Fixed(token.text());
      case NUMBER -> new Expression.Fixed(Numbers.of(token.text()));
      case VARIABLE -> new Expression.Variable(token.text(), fields());
      case FIELD -> {
        List<String> names = new ArrayList<>(List.of(token.text()));
        names.addAll(fields());
        yield new Expression.Fields(List.copyOf(names));
      }
      case WORD -> named(token.text());
      case SIGN -> signed(token.text());
      default -> throw new GoTemplateException("unexpected '" + token.text() + "' in an action");
    };
  }

  private static Expression named(String word) {
    return switch (word) {
      case "true", "false" -> new Expression.Fixed(Boolean.valueOf(word));
      case "nil" -> new Expression.Nil();
      default -> new Expression.Function(Functions.known(word));
    };
  }

  private Expression signed(String sign) {
    if (sign.equals(".")) {
      return new Expression.Dot();
    }
    if (!sign.equals("(")) {
      throw new GoTemplateException("unexpected '" + sign + "' in an action");
    }
    Pipe pipe = pipe(0);
    if (!next().is(Kind.SIGN, ")")) {
      throw new GoTemplateException("a parenthesis is not closed");
    }
    List<String> fields = fields();
    return fields.isEmpty() ? pipe : new Expression.Chain(pipe, fields);
  }

  private List<String> fields() {
    List<String> fields = new ArrayList<>();
    while (peek().kind() == Kind.FIELD) {
      fields.add(next().text());
    }
    return List.copyOf(fields);
  }

  private void close() {
    skipSpace();
    if (next().kind() != Kind.CLOSE) {
      throw new GoTemplateException(
          "unexpected '" + tokens.get(at - 1).text() + "' at the end of an action");
    }
  }

  private boolean isWord(String text) {
    return peek().is(Kind.WORD, text);
  }

  private void skipSpace() {
    while (peek().kind() == Kind.SPACE) {
      at++;
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    return tokens.get(at++);
  }
}
