package dev.pipeline.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkTest {
  @Test
  void aShortTextIsOnePieceAndAnEmptyOneNone() {
    assertThat(Chunk.of("one\ntwo\n")).containsExactly(new Chunk(1, 2, "one\ntwo"));
    assertThat(Chunk.of("")).isEmpty();
    assertThat(Chunk.of("\n --- \n\n")).isEmpty();
  }

  @Test
  void everyLineIsInAPieceAndNeighboursShareSome() {
    String text =
        IntStream.rangeClosed(1, 300)
            .mapToObj(i -> i % 9 == 0 ? "" : "line number " + i + " of the document")
            .collect(Collectors.joining("\n"));

    List<Chunk> chunks = Chunk.of(text);

    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.text()).hasSizeLessThan(1001));
    List<String> lines = text.lines().toList();
    for (Chunk chunk : chunks) {
      assertThat(chunk.text())
          .isEqualTo(
              String.join("\n", lines.subList(chunk.firstLine() - 1, chunk.lastLine())).strip());
    }
    assertThat(chunks.get(0).firstLine()).isEqualTo(1);
    assertThat(chunks.get(chunks.size() - 1).lastLine()).isEqualTo(300);
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(chunks.get(i).firstLine())
          .isGreaterThan(chunks.get(i - 1).firstLine())
          .isLessThanOrEqualTo(chunks.get(i - 1).lastLine());
      // The piece before ended at an empty line.
      assertThat(lines.get(chunks.get(i - 1).lastLine() - 1)).isEmpty();
    }
  }

  @Test
  void aLineThatIsTooLongIsCutAtSpacesAndNeverWithinACharacter() {
    List<Chunk> words = Chunk.of("word ".repeat(1000));
    assertThat(words)
        .hasSizeGreaterThan(4)
        .allSatisfy(chunk -> assertThat(chunk.text()).matches("(word ?)+").hasSizeLessThan(1001));

    List<Chunk> signs = Chunk.of("x" + "😀".repeat(2000));
    assertThat(signs.stream().map(Chunk::text).collect(Collectors.joining()).codePoints().toArray())
        .doesNotContain(IntStream.rangeClosed(0xD800, 0xDFFF).toArray());
  }
}
