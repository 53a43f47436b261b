package dev.pipeline.vectors.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.embed.LetterEmbedder;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.vectors.Point;
import dev.pipeline.vectors.VectorCollection;
import dev.pipeline.vectors.VectorStore;
import dev.pipeline.vectors.VectorStoreContract;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The protocol with the client; {@code RealQdrantTest} asks a real server. */
class QdrantVectorStoreTest implements VectorStoreContract {
  private final QdrantProtocolServer server = new QdrantProtocolServer();
  private final List<VectorStore> opened = new ArrayList<>();

  @AfterEach
  void stop() {
    opened.forEach(VectorStore::close);
    server.close();
  }

  @Override
  public VectorStore store() {
    return store(server, "", 3);
  }

  @Override
  public String name() {
    return "notes";
  }

  @Test
  void theKeysThatAgentsFilterByAreIndexed() {
    store().open("notes", SMALL);

    assertThat(server.memory().indexes("notes"))
        .containsOnlyKeys(QdrantVectorStore.INDEXED)
        .allSatisfy((key, kind) -> assertThat(kind).isEqualTo(PayloadSchemaType.Keyword));
    int calls = server.calls();
    store().open("notes", SMALL);
    assertThat(server.calls() - calls).as("exists and info, and no index again").isEqualTo(2);
  }

  @Test
  void troubleThatPassesIsSatOutAndLeavesNothingTwice() {
    VectorCollection notes = store().open("notes", SMALL);
    server.trouble(Status.UNAVAILABLE);
    server.trouble(Status.DEADLINE_EXCEEDED);

    notes.put(List.of(point()));

    assertThat(server.memory().points("notes")).isEqualTo(1);
  }

  @Test
  void troubleThatStaysIsAFailureAfterTheLastAttempt() {
    VectorCollection notes = store().open("notes", SMALL);
    int before = server.calls();
    for (int i = 0; i < 9; i++) {
      server.trouble(Status.UNAVAILABLE);
    }

    assertThatThrownBy(() -> notes.put(List.of(point())))
        .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
        .returns(ExitCode.INFRASTRUCTURE, Failure::exitCode)
        .extracting(Failure::reason, InstanceOfAssertFactories.STRING)
        .contains(server.address().toString(), "UNAVAILABLE", "3 times");
    assertThat(server.calls() - before).isEqualTo(3);
    assertThat(server.memory().points("notes")).isZero();
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    VectorCollection notes = store().open("notes", SMALL);
    int before = server.calls();

    assertThatThrownBy(
            () -> notes.put(List.of(new Point(UUID.randomUUID(), Map.of(), new float[9]))))
        .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
        .returns(ExitCode.REFUSED, Failure::exitCode);
    assertThat(server.calls() - before).isEqualTo(1);
  }

  @Test
  void aServerThatIsAwayIsNamedAndComesBack() {
    VectorStore store = store();
    VectorCollection notes = store.open("notes", SMALL);
    server.stop();
    assertThatThrownBy(store::names)
        .isInstanceOf(Failure.class)
        .hasMessageContaining(server.address().toString());

    server.start();

    notes.put(List.of(point()));
    assertThat(store.names()).containsExactly("notes");
  }

  @Test
  void aKeyIsSentAndNeverShown() {
    try (QdrantProtocolServer guarded =
        new QdrantProtocolServer(InsecureServerCredentials.create(), "http", "planted-key")) {
      assertThat(store(guarded, "planted-key", 1).names()).isEmpty();
      assertThatThrownBy(() -> store(guarded, "planted-wrong", 1).names())
          .isInstanceOf(Failure.class)
          .hasMessageContaining("refuses the key")
          .hasMessageNotContaining("planted");
      assertThat(address(guarded.address(), "planted-key", 1).toString()).doesNotContain("planted");
    }
  }

  @Test
  void anAddressThatWouldGiveTheKeyAwayOrIsNoneIsRefused() {
    assertThatThrownBy(() -> address(URI.create("http://qdrant.example:6334"), "planted", 1))
        .hasMessageContaining("in clear")
        .hasMessageNotContaining("planted");
    assertThatThrownBy(() -> address(URI.create("https://u:planted@qdrant.example"), "", 1))
        .isInstanceOf(Failure.class)
        .hasMessageNotContaining("planted");
    assertThatThrownBy(() -> address(URI.create("https://qdrant.example:6333"), "", 1))
        .hasMessageContaining("REST");
    assertThat(address(URI.create("https://qdrant.example"), "planted", 1).port()).isEqualTo(6334);
  }

  @Test
  void anotherSizeIsRefusedWithBothSizes() {
    store().open("notes", new LetterEmbedder(7));

    assertThatThrownBy(() -> store().open("notes", SMALL))
        .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
        .returns(ExitCode.USAGE, Failure::exitCode)
        .extracting(Failure::reason, InstanceOfAssertFactories.STRING)
        .contains("notes", "7", "letters", "4");
  }

  private VectorStore store(QdrantProtocolServer at, String key, int attempts) {
    VectorStore store = new QdrantVectorStore(address(at.address(), key, attempts));
    opened.add(store);
    return store;
  }

  private static QdrantAddress address(URI url, String key, int attempts) {
    return new QdrantAddress(
        url, Optional.of(key).filter(text -> !text.isEmpty()), Duration.ofSeconds(10), attempts);
  }

  private static Point point() {
    return new Point(UUID.randomUUID(), Map.of("n", 1), new float[] {1, 0, 0, 0});
  }
}
