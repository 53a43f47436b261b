package dev.pipeline.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.embed.Embedder;
import dev.pipeline.embed.LetterEmbedder;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of vectors does, wherever it keeps them. */
public interface VectorStoreContract {
  /** Small vectors that a test can think about. */
  Embedder SMALL = new LetterEmbedder(4);

  /** A store on the same memory at every call of a test; empty at its first. */
  VectorStore store();

  /** A name that no other test uses. */
  String name();

  @Test
  default void givesBackPayloadsAsTheyWere() {
    Map<String, Object> payload =
        Map.of(
            "text",
            "Größe\n\"x\"",
            "number",
            3,
            "large",
            5_000_000_000L,
            "part",
            0.25,
            "whole",
            2.0,
            "yes",
            true,
            "list",
            List.of("a", 1, List.of()),
            "map",
            Map.of("inner", Map.of("deep", -1), "empty", Map.of()));
    UUID id = UUID.randomUUID();

    open().put(List.of(new Point(id, payload, new float[] {1, 0, 0, 0})));

    assertThat(open().get(List.of(id, UUID.randomUUID()))).containsExactly(new Entry(id, payload));
    assertThat(store().names()).contains(name());
  }

  @Test
  default void ranksByCosineWhateverTheLength() {
    UUID near = UUID.randomUUID();
    UUID far = UUID.randomUUID();
    UUID opposite = UUID.randomUUID();
    open()
        .put(
            List.of(
                new Point(far, Map.of("n", "far"), new float[] {0, 100, 0, 1}),
                new Point(near, Map.of("n", "near"), new float[] {0.1f, 0.01f, 0, 0}),
                new Point(opposite, Map.of("n", "no"), new float[] {-3, 0, 0, 0})));

    List<Hit> hits = open().search(new float[] {2, 0, 0, 0}, Map.of(), 5);

    assertThat(hits).extracting(hit -> hit.entry().id()).containsExactly(near, far, opposite);
    assertThat(hits.get(0).similarity()).isBetween(0.995 - 1e-3, 0.995 + 1e-3);
    assertThat(hits.get(1).similarity()).isBetween(-1e-6, 1e-6);
    assertThat(hits.get(2).similarity()).isBetween(-1 - 1e-6, -1 + 1e-6);
    assertThat(open().search(new float[] {2, 0, 0, 0}, Map.of(), 1)).hasSize(1);
  }

  @Test
  default void filtersByAllKeysTogether() {
    UUID wanted = UUID.randomUUID();
    open()
        .put(
            List.of(
                point(wanted, Map.of("document_type", "a", "source", "s")),
                point(UUID.randomUUID(), Map.of("document_type", "a", "source", "t")),
                point(UUID.randomUUID(), Map.of("document_type", "b", "source", "s")),
                point(UUID.randomUUID(), Map.of())));
    Map<String, String> filter = Map.of("document_type", "a", "source", "s");

    assertThat(open().all(filter)).extracting(Entry::id).containsExactly(wanted);
    assertThat(open().search(new float[] {1, 1, 1, 1}, filter, 9))
        .extracting(hit -> hit.entry().id())
        .containsExactly(wanted);
    assertThat(open().all(Map.of())).hasSize(4);
  }

  @Test
  default void aPointPutAgainIsReplacedAndOneDeletedIsGone() {
    UUID kept = UUID.randomUUID();
    UUID gone = UUID.randomUUID();
    open().put(List.of(point(kept, Map.of("v", 1)), point(gone, Map.of("v", 1))));
    open().put(List.of(point(kept, Map.of("v", 2))));
    open().delete(List.of(gone, UUID.randomUUID()));
    open().delete(List.of());
    open().put(List.of());

    assertThat(open().all(Map.of())).containsExactly(new Entry(kept, Map.of("v", 2)));
  }

  @Test
  default void givesAllOfManyAndNoneTwice() {
    Set<UUID> ids = new HashSet<>();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 1300; i++) {
      Point point = point(UUID.randomUUID(), Map.of("source", i % 2 == 0 ? "even" : "odd"));
      points.add(point);
      if (i % 2 == 0) {
        ids.add(point.id());
      }
    }
    open().put(points);

    assertThat(open().all(Map.of("source", "even")))
        .extracting(Entry::id)
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(open().get(ids)).hasSize(650);
    open().delete(ids);
    assertThat(open().all(Map.of())).hasSize(650);
  }

  @Test
  default void aCollectionOfAnotherSizeIsRefused() {
    open().put(List.of(point(UUID.randomUUID(), Map.of())));

    assertThatThrownBy(() -> store().open(name(), new LetterEmbedder(5)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(name())
        .hasMessageContaining("4")
        .hasMessageContaining("5");
  }

  @Test
  default void aNameThatLeadsElsewhereIsRefused() {
    for (String bad : List.of("", "../x", "a/b", "A", "x..y", "a\nb")) {
      assertThatThrownBy(() -> store().open(bad, SMALL)).isInstanceOf(Failure.class);
    }
  }

  private VectorCollection open() {
    return store().open(name(), SMALL);
  }

  private static Point point(UUID id, Map<String, Object> payload) {
    return new Point(id, payload, new float[] {1, 0, 0, 0});
  }
}
