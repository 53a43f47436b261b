package dev.pipeline.plan;

import static dev.pipeline.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.embed.Embedder;
import dev.pipeline.embed.LetterEmbedder;
import dev.pipeline.embed.MiniLmEmbedder;
import dev.pipeline.io.Failure;
import dev.pipeline.vectors.qdrant.QdrantAddress;
import dev.pipeline.vectors.qdrant.QdrantProtocolServer;
import dev.pipeline.vectors.qdrant.QdrantVectorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol with the client; {@code RealQdrantPlanMemoryTest} asks a real server. */
class QdrantPlanMemoryTest implements PlanStoreContract {
  private final QdrantProtocolServer server = new QdrantProtocolServer();
  private final List<PlanStore> opened = new ArrayList<>();

  @TempDir Path folder;

  @Override
  public PlanStore open() {
    return open(new MiniLmEmbedder());
  }

  @AfterEach
  void stop() {
    opened.forEach(PlanStore::close);
    server.close();
  }

  /** Every two minutes a run ends; in the second hour of three the server is away. */
  @Test
  void anHourWithoutTheServerLosesNothingAndDoublesNothing() {
    Instant start = Instant.parse("2026-03-01T08:00:00Z");
    List<PlanRecord> given = new ArrayList<>();
    int most = 0;
    for (int minute = 0; minute < 180; minute += 2) {
      if (minute == 60) {
        server.stop();
      } else if (minute == 120) {
        server.start();
      }
      String time = start.plus(Duration.ofMinutes(minute)).toString();
      PlanRecord plan = plan("m", "run-" + minute, "Plan of minute " + minute + ".", time);
      PlanStore store = open(new LetterEmbedder(8));
      assertThat(store.record(plan)).isEqualTo(plan);
      if (minute % 10 == 0) {
        // A run that was killed before it knew comes back.
        assertThat(store.record(plan.dated("2026-03-02T00:00:00Z"))).isEqualTo(plan);
      }
      given.add(plan);
      most = Math.max(most, store.waiting());
      store.close();
    }

    assertThat(most).as("all of the hour waited").isGreaterThanOrEqualTo(30);
    PlanStore store = open(new LetterEmbedder(8));
    assertThat(store.waiting()).isZero();
    assertThat(server.memory().points("learning")).isEqualTo(90);
    assertThat(store.fetch("m", 1000)).containsExactlyInAnyOrderElementsOf(given);
    assertThat(store.latest("m")).contains(given.get(89));
  }

  @Test
  void whatWaitsIsFoundAndSyncDeliversIt() {
    server.stop();
    PlanRecord plan = plan("m", "run-1", "Plan.", "2026-01-01T00:00:00Z");
    open().record(plan);

    assertThat(open().find(plan.id())).contains(plan);
    assertThatThrownBy(() -> open().latest("m"))
        .as("an answer without what others recorded would be wrong")
        .isInstanceOf(Failure.class)
        .hasMessageContaining("does not answer");
    PlanStore.Delivery away = open().sync();
    assertThat(away.waiting()).isEqualTo(1);
    assertThat(away.trouble()).contains(server.address().toString());

    server.start();

    PlanStore.Delivery done = open().sync();
    assertThat(done.delivered()).isEqualTo(1);
    assertThat(done.waiting()).isZero();
    assertThat(open().latest("m")).contains(plan);
  }

  @Test
  void whoReadsFirstDeliversFirst() {
    server.stop();
    PlanRecord plan = plan("m", "run-1", "Plan.", "2026-01-01T00:00:00Z");
    open().record(plan);
    server.start();

    assertThat(open().latest("m")).contains(plan);
    assertThat(open().waiting()).isZero();
  }

  @Test
  void aKillInTheMiddleOfAnAppendLosesOnlyWhatNobodyWasPromised() throws IOException {
    server.stop();
    PlanRecord first = plan("m", "run-1", "First.", "2026-01-01T00:00:00Z");
    PlanRecord second = plan("m", "run-2", "Second.", "2026-01-02T00:00:00Z");
    open().record(first);
    Path outbox = folder.resolve("outbox.jsonl");
    Files.writeString(outbox, "{\"id\":\"torn", StandardOpenOption.APPEND);

    assertThat(open().waiting()).isEqualTo(1);
    open().record(second);
    server.start();

    assertThat(open().sync().delivered()).isEqualTo(2);
    assertThat(open().fetch("m", 9)).containsExactly(second, first);
  }

  @Test
  void aKillAfterDeliveryDeliversAgainAndDoublesNothing() throws IOException {
    server.stop();
    PlanRecord plan = plan("m", "run-1", "Plan.", "2026-01-01T00:00:00Z");
    open().record(plan);
    byte[] waiting = Files.readAllBytes(folder.resolve("outbox.jsonl"));
    server.start();
    open().sync();
    Files.write(folder.resolve("outbox.jsonl"), waiting);

    assertThat(open().sync().delivered()).isEqualTo(1);
    assertThat(server.memory().points("learning")).isEqualTo(1);
    assertThat(open().list(9)).containsExactly(plan);
  }

  @Test
  void aCollectionOfAnotherSizeFailsTheStepAndKeepsNothingWaiting() {
    open(new LetterEmbedder(8)).record(plan("m", "run-1", "Plan.", "2026-01-01T00:00:00Z"));

    assertThatThrownBy(() -> open().record(plan("m", "run-2", "Plan.", "2026-01-01T00:00:00Z")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("8")
        .hasMessageContaining("384");
    assertThat(open().waiting()).isZero();
  }

  @Test
  void aReaderWrittenFromTheContractAloneFindsTheNewestPlan() throws Exception {
    PlanStore store = open();
    for (int i = 0; i < 12; i++) {
      int day = 1 + (i * 5) % 12;
      store.record(
          plan(
              "phi4-joshi",
              "run-" + i,
              "Plan of day " + day,
              "2026-01-%02dT00:00:00Z".formatted(day)));
    }
    store.record(plan("other", "run-1", "Newer, of another.", "2026-06-01T00:00:00Z"));

    Map<String, Object> newest =
        new ContractReader(server.address()).fetchModelPlans("phi4-joshi", 5).get(0);

    assertThat(newest)
        .containsEntry("document_type", "model_plan")
        .containsEntry("model_name", "phi4-joshi")
        .containsEntry("plan_text", "Plan of day 12")
        .containsEntry("created_at", "2026-01-12T00:00:00.000000+00:00")
        .containsEntry("tags", List.of("tone"))
        .containsOnlyKeys(
            "document_type", "model_name", "plan_text", "metadata", "created_at", "tags");
    assertThat(newest.get("metadata"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKeys("model_name", "plan_version", "dataset_counts", "deployment_status");
  }

  @Test
  void pointsThatOthersWroteAreReadWhereTheyKeepTheContract() throws Exception {
    open().record(plan("phi4-joshi", "run-1", "Ours.", "2026-01-01T00:00:00Z"));
    ContractReader agents = new ContractReader(server.address());
    agents.recordModelPlan("phi4-joshi", "Theirs.", "2026-01-02T00:00:00.123456+00:00", true);
    agents.recordModelPlan("phi4-joshi", "Broken.", "2026-01-03T00:00:00+00:00", false);

    assertThat(open().fetch("phi4-joshi", 9))
        .extracting(PlanRecord::planText)
        .containsExactly("Theirs.", "Ours.");
  }

  private PlanStore open(Embedder embedder) {
    QdrantAddress address =
        new QdrantAddress(server.address(), Optional.empty(), Duration.ofSeconds(10), 2);
    PlanStore store = new PlanMemory(new QdrantVectorStore(address), "learning", embedder, folder);
    opened.add(store);
    return store;
  }
}
