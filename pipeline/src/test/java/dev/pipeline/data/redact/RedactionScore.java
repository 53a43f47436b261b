package dev.pipeline.data.redact;

import dev.pipeline.data.Conversation;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Turn;
import dev.pipeline.data.read.ConversationReader;
import dev.pipeline.data.read.RawLines;
import dev.pipeline.data.read.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Recall and precision of redaction on the shipped conversations, against the labels of what was
 * planted. A planted text counts as found where the finds cover every letter and digit of an
 * occurrence, titles aside; a find is right where it touches a planted text. Finds in greetings and
 * sign-offs are not judged: curation strips those lines, so not every name there has a label.
 */
final class RedactionScore {
  private static final Set<String> KINDS =
      Set.of("person", "email", "phone", "iban", "card", "address", "price");

  private static final Set<String> STRIPPED = Set.of("greeting", "signoff");

  private final Redactors redactors = Redactors.all(Set.of("Joshi"));
  private final NameCollector names = new NameCollector(Set.of("Joshi"));
  private final Map<String, List<String>> planted = new HashMap<>();
  private final Map<String, Tally> tallies = new TreeMap<>();
  private final List<String> misses = new ArrayList<>();
  private final List<String> falseFinds = new ArrayList<>();

  /** Counts for one kind. */
  static final class Tally {
    int planted;
    int recalled;
    int found;
    int right;

    double recall() {
      return planted == 0 ? 1 : (double) recalled / planted;
    }

    double precision() {
      return found == 0 ? 1 : (double) right / found;
    }
  }

  /** Scores the conversations whose id matches {@code idPattern}. */
  static RedactionScore of(Path datasets, String idPattern) {
    RedactionScore score = new RedactionScore();
    for (PlantedLabel label :
        JsonLines.read(datasets.resolve("labels/planted.jsonl"), PlantedLabel.class)) {
      if (KINDS.contains(label.kind()) || STRIPPED.contains(label.kind())) {
        score
            .planted
            .computeIfAbsent(label.conversation(), any -> new ArrayList<>())
            .add(label.kind() + "\t" + label.text());
      }
    }
    RawLines.forEach(
        RawLines.files(datasets.resolve("raw")),
        line -> {
          if (ConversationReader.read(line) instanceof Reading.Understood understood
              && understood.conversation().id().matches(idPattern)) {
            score.add(understood.conversation());
          }
        });
    return score;
  }

  Tally tally(String kind) {
    return tallies.computeIfAbsent(kind, any -> new Tally());
  }

  Tally overall() {
    Tally all = new Tally();
    for (String kind : KINDS) {
      Tally tally = tally(kind);
      all.planted += tally.planted;
      all.recalled += tally.recalled;
      all.found += tally.found;
      all.right += tally.right;
    }
    return all;
  }

  List<String> misses() {
    return misses;
  }

  List<String> falseFinds() {
    return falseFinds;
  }

  private void add(Conversation conversation) {
    List<String> texts = conversation.turns().stream().map(Turn::text).toList();
    Identities identities =
        new Identities(names.collect(conversation.people(), texts), conversation.companies());
    List<String> labels = planted.getOrDefault(conversation.id(), List.of());
    for (String text : texts) {
      addText(conversation.id(), text, labels, redactors.find(text, identities));
    }
  }

  private void addText(String id, String text, List<String> labels, List<Span> spans) {
    List<Span> truth = new ArrayList<>();
    List<Span> stripped = new ArrayList<>();
    for (String label : labels) {
      String kind = label.substring(0, label.indexOf('\t'));
      String wanted = label.substring(label.indexOf('\t') + 1);
      for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        if (!Finds.standsAlone(text, at, at + wanted.length())) {
          continue;
        }
        if (STRIPPED.contains(kind)) {
          stripped.add(new Span(EntityKind.PERSON, at, at + wanted.length()));
          continue;
        }
        Span span =
            new Span(EntityKind.valueOf(kind.toUpperCase(Locale.ROOT)), at, at + wanted.length());
        truth.add(span);
        Tally tally = tally(kind);
        tally.planted++;
        if (covered(text, span, spans)) {
          tally.recalled++;
        } else {
          misses.add(kind + " | " + id + " | " + wanted + " | " + around(text, span));
        }
      }
    }
    for (Span span : spans) {
      String kind = span.kind().word();
      boolean right = truth.stream().anyMatch(span::overlaps);
      boolean unjudged = !right && stripped.stream().anyMatch(span::overlaps);
      if (unjudged || span.kind() == EntityKind.COMPANY) {
        continue;
      }
      tally(kind).found++;
      if (right) {
        tally(kind).right++;
      } else {
        falseFinds.add(kind + " | " + id + " | " + span.in(text) + " | " + around(text, span));
      }
    }
  }

  /** A price is recalled when its amount is gone; its unit may stay. */
  private static boolean covered(String text, Span wanted, List<Span> spans) {
    String planted = wanted.in(text);
    boolean digitsOnly =
        wanted.kind() == EntityKind.PRICE && planted.chars().anyMatch(Character::isDigit);
    if (wanted.kind() == EntityKind.PRICE && !digitsOnly) {
      return spans.stream().anyMatch(wanted::overlaps);
    }
    int start = wanted.start();
    if (wanted.kind() == EntityKind.PERSON) {
      String first = planted.split("[ .]", 2)[0].toLowerCase(Locale.ROOT);
      start += Names.TITLES.contains(first) && planted.contains(" ") ? first.length() : 0;
    }
    for (int i = start; i < wanted.end(); i++) {
      char c = text.charAt(i);
      boolean matters = digitsOnly ? Character.isDigit(c) : Character.isLetterOrDigit(c);
      int at = i;
      if (matters && spans.stream().noneMatch(span -> span.start() <= at && at < span.end())) {
        return false;
      }
    }
    return true;
  }

  private static String around(String text, Span span) {
    return text.substring(Math.max(0, span.start() - 45), Math.min(text.length(), span.end() + 35))
        .replace('\n', '/');
  }

  /** The table as Markdown. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            "| kind | planted | recall | found | precision |\n|---|---:|---:|---:|---:|\n");
    for (String kind : KINDS.stream().sorted().toList()) {
      row(table, kind, tally(kind));
    }
    row(table, "all", overall());
    return table.toString();
  }

  private static void row(StringBuilder table, String kind, Tally tally) {
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.3f | %d | %.3f |%n",
            kind,
            tally.planted,
            tally.recall(),
            tally.found,
            tally.precision()));
  }

  /** Prints the table; a second argument lists the errors of conversations that match it. */
  public static void main(String[] args) {
    RedactionScore score = of(Path.of(args[0]), args.length > 1 ? args[1] : ".*");
    System.out.print(score.table());
    if (args.length > 1) {
      score.misses.forEach(miss -> System.out.println("MISS " + miss));
      score.falseFinds.forEach(find -> System.out.println("FALSE " + find));
    }
  }
}
