package dev.pipeline.chat.jinja;

import dev.pipeline.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads expressions, from what binds least to what binds most, in Jinja's own order. */
final class ExpressionParser {
  /** Words after a test that are not its argument. */
  private static final Set<String> AFTER_TEST =
      Set.of("else", "or", "and", "if", "is", "not", "in");

  private final TokenCursor cursor;

  ExpressionParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** Any expression, also one that chooses: {@code a if b else c}. */
  Expression expression() {
    return cursor.nested(this::choice);
  }

  /** Expressions with commas between them, which are a list. */
  Expression list(boolean choices) {
    Expression first = choices ? expression() : either();
    if (!cursor.isSign(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (cursor.takeSign(",") && !cursor.atEnd() && !cursor.isSign(")") && !cursor.isSign("]")) {
      items.add(choices ? expression() : either());
    }
    return items(items);
  }

  private Expression choice() {
    Expression chosen = either();
    while (cursor.takeName("if")) {
      Expression yes = chosen;
      Expression condition = either();
      Expression no =
          cursor.takeName("else")
              ? cursor.nested(this::choice)
              : scope -> new Undefined("the else of an if");
      chosen = scope -> (Values.isTrue(condition.evaluate(scope)) ? yes : no).evaluate(scope);
    }
    return chosen;
  }

  private Expression either() {
    Expression result = both();
    while (cursor.takeName("or")) {
      Expression left = result;
      Expression right = both();
      result =
          scope -> {
            Object value = left.evaluate(scope);
            return Values.isTrue(value) ? value : right.evaluate(scope);
          };
    }
    return result;
  }

  private Expression both() {
    Expression result = negation();
    while (cursor.takeName("and")) {
      Expression left = result;
      Expression right = negation();
      result =
          scope -> {
            Object value = left.evaluate(scope);
            return Values.isTrue(value) ? right.evaluate(scope) : value;
          };
    }
    return result;
  }

  private Expression negation() {
    if (!cursor.takeName("not")) {
      return comparison();
    }
    Expression operand = cursor.nested(this::negation);
    return scope -> !Values.isTrue(operand.evaluate(scope));
  }

  private Expression comparison() {
    Expression first = sum();
    List<String> signs = new ArrayList<>();
    List<Expression> others = new ArrayList<>();
    for (String sign = comparisonSign(); !sign.isEmpty(); sign = comparisonSign()) {
      signs.add(sign);
      others.add(sum());
    }
    return signs.isEmpty() ? first : new Comparison(first, signs, others);
  }

  private String comparisonSign() {
    if (cursor.peek().kind() == Kind.SIGN && Comparison.SIGNS.contains(cursor.peek().text())) {
      return cursor.take().text();
    }
    if (cursor.takeName("in")) {
      return "in";
    }
    if (cursor.isName("not") && cursor.peek(1).is(Kind.NAME, "in")) {
      cursor.take();
      cursor.take();
      return "not in";
    }
    return "";
  }

  private Expression sum() {
    Expression result = joined();
    while (cursor.isSign("+") || cursor.isSign("-")) {
      result = binary(cursor.take().text(), result, joined());
    }
    return result;
  }

  private Expression joined() {
    Expression result = product();
    while (cursor.takeSign("~")) {
      result = binary("~", result, product());
    }
    return result;
  }

  private Expression product() {
    Expression result = power();
    while (cursor.isSign("*") || cursor.isSign("/") || cursor.isSign("//") || cursor.isSign("%")) {
      result = binary(cursor.take().text(), result, power());
    }
    return result;
  }

  private Expression power() {
    Expression result = filtered();
    while (cursor.takeSign("**")) {
      result = binary("**", result, filtered());
    }
    return result;
  }

  private static Expression binary(String sign, Expression left, Expression right) {
    return scope -> {
      scope.work().step();
      return Arithmetic.compute(sign, left.evaluate(scope), right.evaluate(scope), scope.work());
    };
  }

  private Expression filtered() {
    Expression result = signed();
    while (true) {
      if (cursor.isSign("|")) {
        result = filter(result);
      } else if (cursor.isName("is")) {
        result = test(result);
      } else if (cursor.isSign("(")) {
        result = call(result);
      } else {
        return result;
      }
    }
  }

  private Expression signed() {
    if (cursor.takeSign("-")) {
      Expression operand = cursor.nested(this::signed);
      return scope -> Arithmetic.compute("-", 0L, operand.evaluate(scope), scope.work());
    }
    return cursor.takeSign("+") ? cursor.nested(this::signed) : postfixed(primary());
  }

  /** One filter after its {@code |}. */
  Expression filter(Expression operand) {
    cursor.requireSign("|");
    String name = cursor.requireName();
    Filter filter = Filters.named(name);
    Call arguments = cursor.isSign("(") ? arguments() : Call.EMPTY;
    return scope -> {
      scope.work().step();
      return scope
          .work()
          .made(filter.apply(scope, operand.evaluate(scope), arguments.evaluate(scope)));
    };
  }

  private Expression test(Expression operand) {
    cursor.take();
    boolean negated = cursor.takeName("not");
    Test test = Tests.named(cursor.requireName());
    Call arguments = testArguments();
    return scope -> {
      scope.work().step();
      return negated
          != test.holds(operand.evaluate(scope), arguments.evaluate(scope), scope.work());
    };
  }

  private Call testArguments() {
    if (cursor.isSign("(")) {
      return arguments();
    }
    Token next = cursor.peek();
    boolean argument =
        switch (next.kind()) {
          case NAME -> !AFTER_TEST.contains(next.text());
          case STRING, WHOLE, REAL -> true;
          case SIGN -> next.text().equals("[") || next.text().equals("{");
          case END -> false;
        };
    return argument ? new Call(List.of(postfixed(primary())), Map.of()) : Call.EMPTY;
  }

  private Expression postfixed(Expression operand) {
    Expression result = operand;
    while (true) {
      Expression object = result;
      if (cursor.takeSign(".")) {
        String name =
            cursor.peek().kind() == Kind.WHOLE ? cursor.take().text() : cursor.requireName();
        result = scope -> Access.attribute(object.evaluate(scope), name, scope.work());
      } else if (cursor.takeSign("[")) {
        result = subscript(object);
      } else if (cursor.isSign("(")) {
        result = call(object);
      } else {
        return result;
      }
    }
  }

  private Expression subscript(Expression object) {
    Expression from = cursor.isSign(":") ? null : expression();
    if (cursor.takeSign("]") && from != null) {
      return scope -> Access.item(object.evaluate(scope), from.evaluate(scope), scope.work());
    }
    cursor.requireSign(":");
    Expression to = cursor.isSign(":") || cursor.isSign("]") ? null : expression();
    Expression step = cursor.takeSign(":") && !cursor.isSign("]") ? expression() : null;
    cursor.requireSign("]");
    return new Slice(object, from, to, step);
  }

  private Expression call(Expression function) {
    Call arguments = arguments();
    return scope -> {
      scope.work().step();
      Object callee = function.evaluate(scope);
      if (callee instanceof Callable callable) {
        return scope.work().made(callable.call(scope, arguments.evaluate(scope)));
      }
      throw callee instanceof Undefined undefined
          ? undefined.used()
          : new JinjaException("it calls what is no function");
    };
  }

  /** What stands between round brackets after a function. */
  Call arguments() {
    cursor.requireSign("(");
    List<Expression> places = new ArrayList<>();
    Map<String, Expression> names = new LinkedHashMap<>();
    while (!cursor.takeSign(")")) {
      if (cursor.peek().kind() == Kind.NAME && cursor.peek(1).is(Kind.SIGN, "=")) {
        String name = cursor.requireName();
        cursor.take();
        names.put(name, expression());
      } else {
        places.add(expression());
      }
      if (!cursor.isSign(")")) {
        cursor.requireSign(",");
      }
    }
    return new Call(places, names);
  }

  private Expression primary() {
    Token token = cursor.take();
    return switch (token.kind()) {
      case NAME -> name(token.text());
      case STRING -> text(token.text());
      case WHOLE -> constant(Values.whole(token.text()));
      case REAL -> constant(Double.valueOf(token.text()));
      case SIGN -> bracketed(token.text());
      case END -> throw new JinjaException("an expression ends too early");
    };
  }

  private static Expression name(String name) {
    return switch (name) {
      case "true", "True" -> constant(true);
      case "false", "False" -> constant(false);
      case "none", "None" -> constant(None.NONE);
      default -> scope -> scope.get(name);
    };
  }

  private Expression text(String first) {
    StringBuilder text = new StringBuilder(first);
    while (cursor.peek().kind() == Kind.STRING) {
      text.append(cursor.take().text());
    }
    return constant(text.toString());
  }

  private static Expression constant(Object value) {
    return scope -> {
      scope.work().step();
      return value;
    };
  }

  private Expression bracketed(String sign) {
    return switch (sign) {
      case "(" -> round();
      case "[" -> square();
      case "{" -> map();
      default -> throw new JinjaException("'" + sign + "' stands where a value should");
    };
  }

  private Expression round() {
    Expression inner = cursor.isSign(")") ? items(List.of()) : list(true);
    cursor.requireSign(")");
    return inner;
  }

  private Expression square() {
    List<Expression> items = new ArrayList<>();
    while (!cursor.takeSign("]")) {
      items.add(expression());
      if (!cursor.isSign("]")) {
        cursor.requireSign(",");
      }
    }
    return items(items);
  }

  private static Expression items(List<Expression> items) {
    return scope -> {
      scope.work().items(items.size());
      List<Object> values = new ArrayList<>();
      items.forEach(item -> values.add(item.evaluate(scope)));
      return values;
    };
  }

  private Expression map() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!cursor.takeSign("}")) {
      keys.add(expression());
      cursor.requireSign(":");
      values.add(expression());
      if (!cursor.isSign("}")) {
        cursor.requireSign(",");
      }
    }
    return scope -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        map.put(
            Values.requireKey(keys.get(i).evaluate(scope), scope.work()),
            values.get(i).evaluate(scope));
      }
      return map;
    };
  }
}
