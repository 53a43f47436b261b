package dev.pipeline.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the source of a configuration record says and its class does not: words and bounds. */
final class RecordSource {
  private static final Path FOLDER = Path.of("src/main/java/dev/pipeline/config");
  private static final Pattern TAG = Pattern.compile("\\{@(?:code|link) ([^}]*)}");

  /** {@code default 4096} alone: a column of its own says that. */
  private static final Pattern DEFAULT = Pattern.compile("; default [^ ,;]+( [^ ,;]+)?$");

  private final String text;
  private final String comment;

  private RecordSource(String text, String comment) {
    this.text = text;
    this.comment = comment;
  }

  static RecordSource of(Class<? extends Record> type) {
    try {
      String text = Files.readString(FOLDER.resolve(type.getSimpleName() + ".java"));
      String before = text.substring(0, text.indexOf("public record " + type.getSimpleName()));
      String comment = before.substring(before.lastIndexOf("/**") + 3, before.lastIndexOf("*/"));
      return new RecordSource(text, comment.replaceAll("\\n \\* ?", " "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the record is for. */
  String purpose() {
    return plain(comment.split("@param ", 2)[0]);
  }

  /** What a component means. */
  String meaning(String component) {
    for (String part : comment.split("@param ", -1)) {
      if (part.startsWith(component + " ")) {
        return DEFAULT.matcher(plain(part.substring(component.length()))).replaceFirst("");
      }
    }
    throw new IllegalStateException("no @param " + component + " in " + comment);
  }

  /** What the compact constructor checks of {@code key}, in words; empty when nothing. */
  String bounds(String key) {
    Matcher checks =
        Pattern.compile("Check\\.(\\w+)\\(\\s*\"" + key + "\", (.*?)\\);", Pattern.DOTALL)
            .matcher(text);
    List<String> bounds = new ArrayList<>();
    checks.results().map(this::bound).forEach(bounds::addAll);
    if (bounds.contains("above 0")) {
      bounds.remove("at least 0");
    }
    return String.join(", ", bounds);
  }

  private List<String> bound(MatchResult check) {
    String[] arguments = check.group(2).split(", ", -1);
    return switch (check.group(1)) {
      // What is checked in milliseconds is not written in them.
      case "atLeast" ->
          arguments[1].endsWith("toMillis()") ? List.of() : List.of("at least " + arguments[0]);
      case "positive" -> List.of("above 0");
      case "notNegative" -> List.of("at least 0");
      case "within" -> List.of("at least " + arguments[0], below(number(arguments[1])));
      case "fileName" -> List.of("a plain name");
      default -> List.of();
    };
  }

  /** What a bound's constant stands for; a reader does not know its name. */
  private String number(String bound) {
    String name = bound.replace(" + 1", "");
    Matcher constant = Pattern.compile("\\b" + Pattern.quote(name) + " = (\\d+);").matcher(text);
    return constant.find()
        ? bound.equals(name) ? constant.group(1) : "Math.nextUp(" + constant.group(1) + ")"
        : bound;
  }

  private static String below(String bound) {
    Matcher inclusive = Pattern.compile("Math\\.nextUp\\((\\d+)(\\.0)?\\)").matcher(bound);
    return inclusive.matches() ? "at most " + inclusive.group(1) : "below " + bound;
  }

  private static String plain(String javadoc) {
    String words = javadoc.strip().replaceAll("\\s+", " ");
    return TAG.matcher(words).replaceAll("`$1`");
  }
}
