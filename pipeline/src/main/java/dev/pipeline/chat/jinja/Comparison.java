package dev.pipeline.chat.jinja;

import java.util.List;
import java.util.Set;

/** {@code a < b <= c}: every neighbour must compare so. */
record Comparison(Expression first, List<String> signs, List<Expression> others)
    implements Expression {
  static final Set<String> SIGNS = Set.of("==", "!=", "<", "<=", ">", ">=");

  @Override
  public Object evaluate(Scope scope) {
    scope.work().step();
    Object left = first.evaluate(scope);
    for (int i = 0; i < signs.size(); i++) {
      Object right = others.get(i).evaluate(scope);
      if (!holds(signs.get(i), left, right, scope.work())) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private static boolean holds(String sign, Object left, Object right, Work work) {
    return switch (sign) {
      case "==" -> Values.equal(left, right, work);
      case "!=" -> !Values.equal(left, right, work);
      case "<" -> Values.compare(left, right, work) < 0;
      case "<=" -> Values.compare(left, right, work) <= 0;
      case ">" -> Values.compare(left, right, work) > 0;
      case ">=" -> Values.compare(left, right, work) >= 0;
      case "in" -> Values.contains(right, left, work);
      default -> !Values.contains(right, left, work);
    };
  }
}
