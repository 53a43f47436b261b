package dev.pipeline.data.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that could not be taken in, JSON or not: what it names in so many words is taken out, and
 * known to whoever redacts the rest.
 *
 * @param rest the line with {@code "[removed]"} in the place of names under who, people and company
 * @param people names under who and people
 * @param companies names under company
 */
record UnreadLine(String rest, List<String> people, List<String> companies) {
  private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*+\"?";

  /** A key and what it names: a text or a list, perhaps cut off. */
  private static final Pattern NAMED =
      Pattern.compile("(\"(who|people|company)\"\\s*+:\\s*+)(" + TEXT + "|\\[[^\\]]*+\\]?)");

  private static final Pattern NAME = Pattern.compile(TEXT);

  static UnreadLine of(String line) {
    List<String> people = new ArrayList<>();
    List<String> companies = new ArrayList<>();
    String rest =
        NAMED
            .matcher(line)
            .replaceAll(
                named -> {
                  Matcher name = NAME.matcher(named.group(3));
                  List<String> names = named.group(2).equals("company") ? companies : people;
                  while (name.find()) {
                    names.add(name.group().replace("\"", ""));
                  }
                  return Matcher.quoteReplacement(named.group(1) + "\"[removed]\"");
                });
    return new UnreadLine(rest, List.copyOf(people), List.copyOf(companies));
  }
}
