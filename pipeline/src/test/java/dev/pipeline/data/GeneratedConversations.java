package dev.pipeline.data;

import dev.pipeline.data.read.ConversationReader;
import dev.pipeline.data.read.RawLines;
import dev.pipeline.data.read.Reading;
import dev.pipeline.data.text.Sentences;
import dev.pipeline.io.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * As many conversations as wanted, put together from sentences of the shipped ones, so that names,
 * addresses, prices and telephone numbers are as frequent in them as there. Some lines are torn,
 * and some repeat an earlier one.
 */
public final class GeneratedConversations {
  private static final Path SHIPPED = Path.of("../datasets/raw");
  private static final int TORN = 97;
  private static final int REPEATED = 41;

  private final List<String> said = new ArrayList<>();
  private final List<String> openings = new ArrayList<>();
  private final List<String> middles = new ArrayList<>();
  private final List<String> endings = new ArrayList<>();
  private final List<String> people = new ArrayList<>();

  private GeneratedConversations(Path shipped) {
    RawLines.forEach(
        RawLines.files(shipped),
        line -> {
          if (ConversationReader.read(line) instanceof Reading.Understood understood) {
            people.addAll(understood.conversation().people());
            understood.conversation().turns().forEach(this::learn);
          }
        });
  }

  /** Writes a file; {@code arguments} are its path, the number of conversations and a seed. */
  public static void main(String[] arguments) {
    Path shipped = arguments.length > 3 ? Path.of(arguments[3]) : SHIPPED;
    new GeneratedConversations(shipped)
        .fill(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
  }

  /** Writes {@code count} lines to {@code file}; equal seeds write equal bytes. */
  public static void write(Path file, int count, long seed) {
    new GeneratedConversations(SHIPPED).fill(file, count, seed);
  }

  private void fill(Path file, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      String line = "";
      for (int number = 1; number <= count; number++) {
        line = number > 1 && random.nextInt(REPEATED) == 0 ? line : line(number, random);
        boolean torn = random.nextInt(TORN) == 0;
        String written = torn ? line.substring(0, line.length() / 2) : line;
        out.write((written + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line(int number, SplittableRandom random) {
    String question =
        IntStream.range(0, 3).mapToObj(i -> any(said, random)).collect(Collectors.joining(" "));
    String answer = any(openings, random) + " " + any(middles, random) + " " + any(endings, random);
    Map<String, Object> round =
        Map.of(
            "round",
            1,
            "sentiment",
            "wary",
            "asks",
            List.of("price", "delivery date"),
            "supplier_says",
            question,
            "buyer_replies",
            answer);
    return Json.line(
        Map.of(
            "conversation_id", "made-" + number,
            "scenario", "scenario-" + random.nextInt(400),
            "supplier", Map.of("company", "", "contact", any(people, random)),
            "rounds", List.of(round),
            "approval", Map.of("state", "approved", "by", "annotator-01")));
  }

  private void learn(Turn turn) {
    List<String> sentences = Sentences.of(turn.text());
    if (turn.speaker() == Turn.Speaker.SUPPLIER) {
      said.addAll(sentences);
    } else if (sentences.size() >= 3) {
      openings.add(sentences.get(0));
      middles.add(sentences.get(1));
      endings.add(sentences.get(sentences.size() - 1));
    }
  }

  private static String any(List<String> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
