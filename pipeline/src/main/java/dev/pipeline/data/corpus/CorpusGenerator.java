package dev.pipeline.data.corpus;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An endless, seeded supply of documents.
 *
 * <p>The grammar files of a folder make the base. Every subfolder is a choice: for each document
 * one of its files is laid over the base, so that a topic and an issue give a document its words
 * while the base gives it its form.
 */
public final class CorpusGenerator {
  private static final String START = "document";

  private final List<Grammar> grammars;
  private final long seed;

  private CorpusGenerator(List<Grammar> grammars, long seed) {
    this.grammars = grammars;
    this.seed = seed;
  }

  /** Documents of a single grammar, which must define {@code [document]}. */
  public static CorpusGenerator of(Grammar grammar, long seed) {
    return new CorpusGenerator(List.of(grammar.checked(START)), seed);
  }

  /**
   * Reads {@code folder} and checks every combination of its choices; all must define the start.
   */
  public static CorpusGenerator fromFolder(Path folder, long seed) {
    List<Grammar> combinations =
        List.of(all(folder).stream().reduce(new Grammar(Map.of()), Grammar::with));
    for (Path choice : list(folder, Files::isDirectory)) {
      List<Grammar> options = all(choice);
      combinations =
          combinations.stream().flatMap(base -> options.stream().map(base::with)).toList();
    }
    combinations.forEach(grammar -> grammar.checked(START));
    return new CorpusGenerator(combinations, seed);
  }

  /** Documents without end, in an order that depends on the seed and the grammars alone. */
  public Stream<Document> documents() {
    SplittableRandom seeds = new SplittableRandom(seed);
    return LongStream.iterate(0, index -> index + 1).mapToObj(index -> document(seeds.split()));
  }

  private Document document(SplittableRandom random) {
    Grammar grammar = grammars.get(random.nextInt(grammars.size()));
    return Document.of(new Expansion(grammar, random).expand(START));
  }

  private static List<Grammar> all(Path folder) {
    return list(folder, file -> file.toString().endsWith(".grammar")).stream()
        .map(Grammar::read)
        .toList();
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> entries = Files.list(folder)) {
      return new ArrayList<>(entries.filter(wanted).sorted().toList());
    } catch (IOException e) {
      throw Failure.refused(
          "cannot list the grammars in " + folder, "name a folder of .grammar files");
    }
  }
}
