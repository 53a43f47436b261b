package dev.pipeline.release.gotemplate;

import dev.pipeline.io.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The functions of templates, {@code and} and {@code or} aside, which may leave arguments alone.
 *
 * @see <a href="https://pkg.go.dev/text/template#hdr-Functions">Functions</a>
 */
final class Functions {
  private static final Set<String> NAMES =
      Set.of(
          "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "index", "slice", "print",
          "printf", "println", "json");

  private Functions() {}

  /** The name, if it is one. */
  static String known(String name) {
    if (!NAMES.contains(name)) {
      throw new GoTemplateException("function \"" + name + "\" is not known here");
    }
    return name;
  }

  static Object call(String name, List<Object> arguments) {
    return switch (name) {
      case "not" -> !GoValues.isTrue(only(name, arguments));
      case "eq" -> isEqualToAny(arguments);
      case "ne" -> !isEqual(first(name, arguments, 2), arguments.get(1));
      case "lt" -> compare(name, arguments) < 0;
      case "le" -> compare(name, arguments) <= 0;
      case "gt" -> compare(name, arguments) > 0;
      case "ge" -> compare(name, arguments) >= 0;
      case "len" -> (long) GoValues.length(only(name, arguments));
      case "index" -> index(arguments);
      case "slice" -> GoValues.slice(arguments.get(0), arguments.subList(1, arguments.size()));
      case "print" -> print(arguments);
      case "printf" -> printf(arguments);
      case "println" ->
          arguments.stream().map(GoValues::print).collect(Collectors.joining(" ", "", "\n"));
      case "json" -> json(only(name, arguments));
      default -> throw new GoTemplateException("function \"" + name + "\" is not known here");
    };
  }

  private static Object only(String name, List<Object> arguments) {
    return first(name, arguments, 1);
  }

  private static Object first(String name, List<Object> arguments, int count) {
    if (arguments.size() != count) {
      throw new GoTemplateException(
          "wrong number of args for " + name + ": want " + count + " got " + arguments.size());
    }
    return arguments.get(0);
  }

  private static boolean isEqualToAny(List<Object> arguments) {
    if (arguments.size() < 2) {
      throw new GoTemplateException("missing argument for comparison");
    }
    Object left = arguments.get(0);
    boolean any = false;
    for (Object right : arguments.subList(1, arguments.size())) {
      any |= isEqual(left, right);
      if (any) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEqual(Object left, Object right) {
    boolean basic = left instanceof String || left instanceof Long || left instanceof Boolean;
    if (!basic || left.getClass() != right.getClass()) {
      throw new GoTemplateException(
          "incompatible types for comparison: "
              + GoValues.type(left)
              + " and "
              + GoValues.type(right));
    }
    return left.equals(right);
  }

  private static int compare(String name, List<Object> arguments) {
    Object left = first(name, arguments, 2);
    Object right = arguments.get(1);
    if (left instanceof Long one && right instanceof Long other) {
      return one.compareTo(other);
    } else if (left instanceof String one && right instanceof String other) {
      // Go compares bytes; UTF-8 keeps the order of code points, Java's chars do not.
      return Arrays.compareUnsigned(
          one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
    throw new GoTemplateException(
        "incompatible types for comparison: "
            + GoValues.type(left)
            + " and "
            + GoValues.type(right));
  }

  private static Object index(List<Object> arguments) {
    Object value = arguments.get(0);
    for (Object key : arguments.subList(1, arguments.size())) {
      value = GoValues.index(value, key);
    }
    return value;
  }

  /** {@code fmt.Sprint} puts a space between two operands when neither is a string. */
  private static String print(List<Object> arguments) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      boolean apart =
          i > 0
              && !(arguments.get(i) instanceof String)
              && !(arguments.get(i - 1) instanceof String);
      text.append(apart ? " " : "").append(GoValues.print(arguments.get(i)));
    }
    return text.toString();
  }

  /** {@code fmt.Sprintf} with the verbs that need no flags. */
  private static String printf(List<Object> arguments) {
    String format = GoValues.print(arguments.get(0));
    StringBuilder text = new StringBuilder();
    int next = 1;
    for (int at = 0; at < format.length(); at++) {
      char verb = at + 1 < format.length() ? format.charAt(at + 1) : ' ';
      if (format.charAt(at) != '%') {
        text.append(format.charAt(at));
      } else if (verb == '%') {
        text.append(verb);
        at++;
      } else if (next < arguments.size() && fits(verb, arguments.get(next))) {
        text.append(GoValues.print(arguments.get(next++)));
        at++;
      } else {
        throw new GoTemplateException("printf with \"" + format + "\" is not known here");
      }
    }
    if (next != arguments.size()) {
      throw new GoTemplateException("printf with \"" + format + "\" is not known here");
    }
    return text.toString();
  }

  private static boolean fits(char verb, Object value) {
    return verb == 'v'
        || (verb == 's' && value instanceof String)
        || (verb == 'd' && value instanceof Long)
        || (verb == 't' && value instanceof Boolean);
  }

  /** Ollama's own; Go's encoder also escapes what HTML would read. */
  private static String json(Object value) {
    if (value instanceof String || value instanceof Long || value instanceof Boolean) {
      return Json.line(value)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    }
    throw new GoTemplateException("json of " + GoValues.type(value) + " is not known here");
  }
}
