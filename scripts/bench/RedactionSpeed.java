package dev.pipeline.data;

import dev.pipeline.data.corpus.CorpusGenerator;
import dev.pipeline.data.corpus.Document;
import dev.pipeline.data.read.ConversationReader;
import dev.pipeline.data.read.RawLines;
import dev.pipeline.data.read.Reading;
import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.RedactionSession;
import dev.pipeline.data.redact.Redactors;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Measures the whole of redaction: finding, numbering, replacing; a session a conversation. */
final class RedactionSpeed {
  private static final int DOCUMENTS = 500;

  /** Of text in a round, so that one lasts long enough to be timed. */
  private static final long ROUND_BYTES = 10_000_000;

  private RedactionSpeed() {}

  private record Talk(List<String> texts, Identities known) {}

  public static void main(String[] arguments) {
    Path root = Path.of(arguments[0]);
    Path made = Path.of(arguments[1]);
    int rounds = Integer.parseInt(arguments[3]);
    GeneratedConversations.main(
        new String[] {made.toString(), arguments[2], "1", root.resolve("datasets/raw").toString()});
    measure("raw", talks(RawLines.files(root.resolve("datasets/raw"))), rounds);
    measure("dense", talks(List.of(made)), rounds);
    measure("letters", letters(root.resolve("datasets/pretraining")), rounds);
  }

  private static List<Talk> talks(List<Path> files) {
    List<Talk> talks = new ArrayList<>();
    RawLines.forEach(
        files,
        line -> {
          if (ConversationReader.read(line) instanceof Reading.Understood understood) {
            Conversation conversation = understood.conversation();
            talks.add(
                new Talk(
                    conversation.turns().stream().map(Turn::text).toList(),
                    new Identities(conversation.people(), conversation.companies())));
          }
        });
    return talks;
  }

  private static List<Talk> letters(Path grammars) {
    return CorpusGenerator.fromFolder(grammars, 1)
        .documents()
        .limit(DOCUMENTS)
        .filter(Document.Dialogue.class::isInstance)
        .map(document -> ((Document.Dialogue) document).messages())
        .map(messages -> messages.stream().map(message -> message.content()).toList())
        .map(texts -> new Talk(texts, Identities.none()))
        .toList();
  }

  private static void measure(String name, List<Talk> talks, int rounds) {
    List<String> texts = talks.stream().flatMap(talk -> talk.texts().stream()).toList();
    long bytes =
        texts.stream().mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length).sum();
    int passes = (int) (ROUND_BYTES / bytes) + 1;
    Redactors redactors = Redactors.all(Set.of("Joshi"));
    IntStream.range(0, rounds * passes).forEach(pass -> redact(redactors, talks));
    double[] speeds = new double[rounds];
    long finds = 0;
    for (int round = 0; round < rounds; round++) {
      long before = cpu();
      for (int pass = 0; pass < passes; pass++) {
        finds = redact(redactors, talks);
      }
      speeds[round] = passes * bytes / 1e6 / ((cpu() - before) / 1e9);
    }
    java.util.Arrays.sort(speeds);
    System.out.printf(
        Locale.ROOT,
        "%-8s %5.1f MB/s (%.1f to %.1f), %.1f MB in %d texts, a find every %d bytes%n",
        name,
        speeds[rounds / 2],
        speeds[0],
        speeds[rounds - 1],
        bytes / 1e6,
        texts.size(),
        bytes / Math.max(1, finds));
  }

  private static long redact(Redactors redactors, List<Talk> talks) {
    long finds = 0;
    for (Talk talk : talks) {
      RedactionSession session = new RedactionSession(redactors, talk.known());
      talk.texts().forEach(session::redact);
      finds += session.counts().values().stream().mapToInt(Integer::intValue).sum();
    }
    return finds;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
