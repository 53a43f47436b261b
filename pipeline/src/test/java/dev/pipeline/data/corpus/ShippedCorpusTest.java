package dev.pipeline.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.text.Sentences;
import dev.pipeline.data.text.Words;
import dev.pipeline.io.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The base model must not have read what it will be tuned and judged on. */
@Tag("recipe")
class ShippedCorpusTest {
  private static final int DOCUMENTS = 4_000;

  /** Shorter ones are greetings and closings, which everybody writes alike. */
  private static final int WORDS = 4;

  @Test
  void sharesNoSentenceWithTheConversations() throws Exception {
    Set<List<String>> conversations = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("../datasets/raw"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        Files.readString(file, StandardCharsets.ISO_8859_1)
            .lines()
            .forEach(line -> strings(line).forEach(text -> conversations.addAll(sentences(text))));
      }
    }
    assertThat(conversations).hasSizeGreaterThan(3_000);
    List<List<String>> shared =
        CorpusGenerator.fromFolder(Path.of("../datasets/pretraining"), 1)
            .documents()
            .limit(DOCUMENTS)
            .flatMap(ShippedCorpusTest::texts)
            .flatMap(text -> sentences(text).stream())
            .filter(conversations::contains)
            .toList();
    assertThat(shared).isEmpty();
  }

  private static Stream<String> texts(Document document) {
    return document instanceof Document.Dialogue dialogue
        ? dialogue.messages().stream().map(Document.Message::content)
        : Stream.of(((Document.Prose) document).text());
  }

  private static Set<List<String>> sentences(String text) {
    Set<List<String>> sentences = new HashSet<>();
    for (String sentence : Sentences.of(text)) {
      List<String> words = Words.of(sentence);
      if (words.size() >= WORDS) {
        sentences.add(words);
      }
    }
    return sentences;
  }

  private static Stream<String> strings(String line) {
    try {
      return leaves(Json.mapper().readTree(line));
    } catch (JacksonException brokenOnPurpose) {
      return Stream.empty();
    }
  }

  private static Stream<String> leaves(JsonNode node) {
    return node.isString()
        ? Stream.of(node.asString())
        : node.valueStream().flatMap(ShippedCorpusTest::leaves);
  }
}
