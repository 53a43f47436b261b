package dev.pipeline.chat.jinja;

import dev.pipeline.chat.jinja.Statement.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tags of a template. */
final class StatementParser {
  private static final int DEEPEST = 100;

  private final List<Segment> segments;
  private int at;
  private int depth;

  private StatementParser(List<Segment> segments) {
    this.segments = segments;
  }

  static Statement parse(List<Segment> segments) {
    return new StatementParser(segments).body(Set.of());
  }

  /**
   * Everything up to a tag of {@code ends}, which is next; or up to the end, when there is none.
   */
  private Statement body(Set<String> ends) {
    if (++depth > DEEPEST) {
      throw new JinjaException("it nests more than " + DEEPEST + " deep");
    }
    List<Statement> statements = new ArrayList<>();
    while (at < segments.size()) {
      Segment segment = segments.get(at);
      if (segment instanceof Segment.Tag tag && ends.contains(tag.tokens().get(0).text())) {
        depth--;
        return new Body(statements);
      }
      at++;
      statements.add(statement(segment));
    }
    if (!ends.isEmpty()) {
      throw new JinjaException(
          "it lacks a tag " + String.join(" or ", ends.stream().sorted().toList()));
    }
    depth--;
    return new Body(statements);
  }

  private Statement statement(Segment segment) {
    if (segment instanceof Segment.Text text) {
      return scope -> write(scope, text.content());
    }
    if (segment instanceof Segment.Output output) {
      TokenCursor cursor = new TokenCursor(output.tokens());
      Expression expression = new ExpressionParser(cursor).list(true);
      cursor.requireEnd();
      return scope -> write(scope, Values.text(expression.evaluate(scope), scope.work()));
    }
    TokenCursor cursor = new TokenCursor(((Segment.Tag) segment).tokens());
    Statement statement = tag(cursor.requireName(), cursor);
    cursor.requireEnd();
    return statement;
  }

  private static Flow write(Scope scope, String text) {
    scope.work().write(text);
    return Flow.NEXT;
  }

  private Statement tag(String name, TokenCursor cursor) {
    return switch (name) {
      case "if" -> choice(cursor);
      case "for" -> loop(cursor);
      case "set" -> assignment(cursor);
      case "macro" -> macro(cursor);
      case "break" -> scope -> Flow.BREAK;
      case "continue" -> scope -> Flow.CONTINUE;
      // Marks what the assistant writes; here the prompt's end does.
      case "generation" -> closed(body(Set.of("endgeneration")));
      default ->
          throw new JinjaException("it uses the tag '" + name + "', which no chat template needs");
    };
  }

  /** {@code body}, after whose end the parser goes on. */
  private Statement closed(Statement body) {
    at++;
    return body;
  }

  private Statement choice(TokenCursor cursor) {
    Expression condition = new ExpressionParser(cursor).list(true);
    Statement yes = body(Set.of("elif", "else", "endif"));
    TokenCursor next = new TokenCursor(((Segment.Tag) segments.get(at++)).tokens());
    Statement no =
        switch (next.requireName()) {
          case "elif" -> choice(next);
          case "else" -> closed(body(Set.of("endif")));
          default -> scope -> Flow.NEXT;
        };
    next.requireEnd();
    return scope -> {
      scope.work().step();
      return (Values.isTrue(condition.evaluate(scope)) ? yes : no).run(scope);
    };
  }

  private Statement loop(TokenCursor cursor) {
    List<String> names = names(cursor);
    if (!cursor.takeName("in")) {
      throw cursor.unexpected("'in'");
    }
    ExpressionParser expressions = new ExpressionParser(cursor);
    Expression items = expressions.list(false);
    Optional<Expression> condition =
        cursor.takeName("if") ? Optional.of(expressions.expression()) : Optional.empty();
    Statement each = body(Set.of("else", "endfor"));
    TokenCursor end = new TokenCursor(((Segment.Tag) segments.get(at++)).tokens());
    Statement none = end.takeName("else") ? closed(body(Set.of("endfor"))) : scope -> Flow.NEXT;
    return new Loop(names, items, condition, each, none);
  }

  private static List<String> names(TokenCursor cursor) {
    boolean bracket = cursor.takeSign("(");
    List<String> names = new ArrayList<>(List.of(cursor.requireName()));
    while (cursor.takeSign(",")) {
      names.add(cursor.requireName());
    }
    if (bracket) {
      cursor.requireSign(")");
    }
    return names;
  }

  private Statement assignment(TokenCursor cursor) {
    String name = cursor.requireName();
    ExpressionParser expressions = new ExpressionParser(cursor);
    if (cursor.takeSign(".")) {
      String part = cursor.requireName();
      cursor.requireSign("=");
      Expression value = expressions.list(true);
      return scope -> setPart(scope, name, part, value);
    }
    List<String> names = new ArrayList<>(List.of(name));
    while (cursor.takeSign(",")) {
      names.add(cursor.requireName());
    }
    if (cursor.takeSign("=")) {
      Expression value = expressions.list(true);
      return scope -> set(scope, names, value.evaluate(scope));
    }
    Expression[] value = {scope -> scope.get(" written")};
    while (cursor.isSign("|")) {
      value[0] = expressions.filter(value[0]);
    }
    Statement written = closed(body(Set.of("endset")));
    return scope -> {
      Scope inside = scope.inner();
      inside.define(" written", scope.work().captured(() -> written.run(inside)));
      return set(scope, names, value[0].evaluate(inside));
    };
  }

  private static Flow setPart(Scope scope, String name, String part, Expression value) {
    scope.work().step();
    if (!(scope.get(name) instanceof Namespace namespace)) {
      throw new JinjaException("it sets a part of " + name + ", which is no namespace");
    }
    namespace.set(part, value.evaluate(scope));
    return Flow.NEXT;
  }

  private static Flow set(Scope scope, List<String> names, Object value) {
    scope.work().step();
    Loop.assign(scope, names, value);
    return Flow.NEXT;
  }

  private Statement macro(TokenCursor cursor) {
    String name = cursor.requireName();
    cursor.requireSign("(");
    Map<String, Optional<Expression>> parameters = new LinkedHashMap<>();
    while (!cursor.takeSign(")")) {
      String parameter = cursor.requireName();
      parameters.put(
          parameter,
          cursor.takeSign("=")
              ? Optional.of(new ExpressionParser(cursor).expression())
              : Optional.empty());
      if (!cursor.isSign(")")) {
        cursor.requireSign(",");
      }
    }
    Statement body = closed(body(Set.of("endmacro")));
    return scope -> {
      scope.define(name, new Macro(scope, parameters, body));
      return Flow.NEXT;
    };
  }
}
