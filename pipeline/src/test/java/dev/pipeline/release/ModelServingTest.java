package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.evaluate.probe.Inspector;
import dev.pipeline.evaluate.probe.InternalNames;
import dev.pipeline.evaluate.probe.PersonalData;
import dev.pipeline.evaluate.probe.Toxicity;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.release.ollama.FakeOllama;
import dev.pipeline.release.ollama.FakeOllama.Answer;
import dev.pipeline.release.ollama.FakeOllama.Misbehaviour;
import dev.pipeline.release.ollama.OllamaClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelServingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final SmokeTest SMOKE =
      new SmokeTest(
          List.of(
              new SmokeTest.Question("neg-1", List.of(ChatMessage.user("Can you hold 12 EUR?"))),
              new SmokeTest.Question("neg-2", List.of(ChatMessage.user("We need it by May.")))),
          Inspector.all(List.of(new PersonalData(), new InternalNames())),
          new Toxicity(),
          SmokeTest.Limits.STRICT);

  @TempDir Path folder;
  private ReleasedModels runs;
  private FakeOllama server;
  private OllamaClient client;

  @BeforeEach
  void start() throws IOException {
    runs = new ReleasedModels(folder);
    server = new FakeOllama();
    client = new OllamaClient(server.address(), PATIENCE);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void everyReleaseHasItsOwnNameAndTheTwoMovingOnesFollow() throws IOException {
    ModelServing serving = serving();
    publish("run-a", serving);
    assertThat(client.tags()).containsOnlyKeys("phi4-joshi:v1", "phi4-joshi:latest");
    publish("run-b", serving);
    publish("run-c", serving);

    Map<String, String> tags = client.tags();
    assertThat(tags)
        .containsOnlyKeys(
            "phi4-joshi:v1",
            "phi4-joshi:v2",
            "phi4-joshi:v3",
            "phi4-joshi:latest",
            "phi4-joshi:previous");
    assertThat(tags.get("phi4-joshi:latest")).isEqualTo(tags.get("phi4-joshi:v3"));
    assertThat(tags.get("phi4-joshi:previous")).isEqualTo(tags.get("phi4-joshi:v2"));
    assertThat(server.uploads()).isEqualTo(3);
    assertThat(client.show("phi4-joshi:v3").path("parameters").asString())
        .contains("temperature 0.2", "top_p 0.9", "num_ctx 1024", "<|im_end|>");
    assertThat(client.show("phi4-joshi:v3").path("system").asString()).isEqualTo("Answer briefly.");
    assertThat(serving.status())
        .isEqualTo(
            "registered with Ollama as phi4-joshi:v3, phi4-joshi:latest at "
                + server.address()
                + " (version 0.0.0-fake)");
    assertThat(tried())
        .isEqualTo("2 of 2 answers ended by themselves, 0 revealed something, 0 toxic, by Ollama");
  }

  @Test
  void aRollbackMovesBothNames() throws IOException {
    for (String run : List.of("run-a", "run-b", "run-c")) {
      publish(run, serving());
    }
    runs.rollback(serving()).to(OptionalInt.empty(), "a", "b");
    Map<String, String> tags = client.tags();
    assertThat(tags.get("phi4-joshi:latest")).isEqualTo(tags.get("phi4-joshi:v2"));
    assertThat(tags.get("phi4-joshi:previous"))
        .as("not the one that was taken back")
        .isEqualTo(tags.get("phi4-joshi:v1"));

    runs.rollback(serving()).to(OptionalInt.empty(), "a", "b");
    assertThat(client.tags())
        .as("an application that asks for the previous one still gets an answer")
        .containsEntry("phi4-joshi:latest", tags.get("phi4-joshi:v1"))
        .containsEntry("phi4-joshi:previous", tags.get("phi4-joshi:v1"));
    assertThat(server.uploads()).as("nothing is sent again").isEqualTo(3);
  }

  @Test
  void whatTheServerLostIsSentAgain() throws IOException {
    publish("run-a", serving());
    publish("run-b", serving());
    client.tags().keySet().forEach(client::delete);
    assertThat(client.tags()).isEmpty();

    runs.rollback(serving()).to(OptionalInt.empty(), "a", "b");
    assertThat(client.tags()).containsOnlyKeys("phi4-joshi:v1", "phi4-joshi:latest");
  }

  @Test
  void aModelOfThatNameThatIsNotOursBecomesThePreviousOne() throws IOException {
    publish("run-a", serving());
    client.copy("phi4-joshi:v1", "phi4-joshi:latest");
    client.delete("phi4-joshi:v1");
    String foreign = client.tags().getOrDefault("phi4-joshi:latest", "");
    Path other = folder.resolve("another");
    new Publisher(other, ReleasedModels.CLOCK, serving(other, server.address(), true))
        .publish(new ReleasedModels(other).candidate("run-x"), "a test");
    assertThat(client.tags()).containsEntry("phi4-joshi:previous", foreign);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "RESTART_IN_CREATE",
        "RESTART_AFTER_UPLOAD",
        "BREAK_IN_UPLOAD",
        "STREAM_ENDS_EARLY",
        "SLOW_UPLOAD"
      })
  void aServerThatRestartsInTheMiddleEndsRight(Misbehaviour misbehaviour) throws IOException {
    publish("run-a", serving());
    server.misbehave(misbehaviour);
    publish("run-b", serving());
    Map<String, String> tags = client.tags();
    assertThat(tags.get("phi4-joshi:latest")).isEqualTo(tags.get("phi4-joshi:v2"));
    assertThat(tags.get("phi4-joshi:previous")).isEqualTo(tags.get("phi4-joshi:v1"));
    assertThat(client.show("phi4-joshi").path("modelfile").asString())
        .contains(new ReleaseLog(folder).current().orElseThrow().files().get("phi4-joshi.gguf"));
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR_IN_STREAM", "OTHER_TEMPLATE", "BREAK_IN_CHAT", "ERROR_IN_COPY"})
  void aServerThatFailsLeavesTheFormerReleaseServing(Misbehaviour misbehaviour) throws IOException {
    publish("run-a", serving());
    publish("run-b", serving());
    Map<String, String> tags = client.tags();
    Map<String, String> files = runs.snapshot();

    server.misbehave(misbehaviour);
    assertThatThrownBy(() -> publish("run-c", serving()))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE));

    assertThat(client.tags()).isEqualTo(tags);
    assertThat(runs.snapshot()).isEqualTo(files);
    publish("run-c", serving());
    assertThat(client.tags()).containsKey("phi4-joshi:v3");
  }

  @Test
  void anAnswerThatLeaksOrDoesNotEndStopsTheRelease() throws IOException {
    publish("run-a", serving());
    Map<String, String> tags = client.tags();
    for (Answer bad :
        List.of(
            new Answer("It goes on and on", "length"),
            new Answer(" ", "stop"),
            new Answer("Write to anna.meier@example.com about it.", "stop"))) {
      server.answer(asked -> asked.contains("May") ? bad : new Answer("Understood.", "stop"));
      assertThatThrownBy(() -> publish("run-b", serving()))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.GATE_FAILED))
          .hasMessageContainingAll("the smoke test failed", "neg-2 ")
          .hasMessageNotContaining("anna.meier");
      assertThat(client.tags()).isEqualTo(tags);
      assertThat(new ReleaseLog(folder).all()).hasSize(1);
    }
  }

  @Test
  void soWithARollback() throws IOException {
    publish("run-a", serving());
    publish("run-b", serving());
    Map<String, String> tags = client.tags();
    server.answer(asked -> new Answer("no end", "length"));
    assertThatThrownBy(() -> runs.rollback(serving()).to(OptionalInt.empty(), "a", "b"))
        .isInstanceOf(Failure.class);
    assertThat(client.tags()).isEqualTo(tags);
  }

  @Test
  void anOverrideCoversTheSmokeTestAndIsTold() throws IOException {
    server.answer(asked -> new Answer("no end", "length"));
    ModelServing overridden =
        new ModelServing(
            folder,
            new OllamaServer(Optional.of(server.address()), true, PATIENCE),
            Optional.of(SMOKE),
            32,
            ModelServingTest::neverAsked,
            Optional.of(GateOverride.of("D. Owner", "known")),
            Progress.SILENT);
    publish("run-a", overridden);
    assertThat(tried()).contains("0 of 2 answers ended", "overridden by D. Owner");
  }

  @Test
  void withoutAServerTheFileItselfIsAsked() throws IOException {
    URI nobody = unusedAddress();
    publish("run-a", serving(folder, nobody, false));
    assertThat(tried()).endsWith("by models/phi4-joshi.gguf");
    assertThat(serving(folder, nobody, false).status())
        .isEqualTo("not registered with Ollama: no server answers at " + nobody);
  }

  @Test
  void aRequiredServerThatDoesNotAnswerStopsTheRelease() throws IOException {
    URI nobody = unusedAddress();
    assertThatThrownBy(() -> publish("run-a", serving(folder, nobody, true)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
              assertThat(failure.reason()).contains(nobody.toString());
              assertThat(failure.fix()).contains("ollama serve");
            });
    assertThat(folder.resolve("models")).doesNotExist();
    assertThat(new ReleaseStore(folder).versions()).isEmpty();
  }

  @Test
  void foreseesHowARegistrationWouldEnd() throws IOException {
    URI nobody = unusedAddress();
    assertThat(new OllamaServer(Optional.empty(), true, PATIENCE).preflight())
        .isEqualTo("not registered with Ollama: no server is configured (ollama_url)");
    assertThat(new OllamaServer(Optional.of(nobody), false, PATIENCE).preflight())
        .isEqualTo("not registered with Ollama: no server answers at " + nobody);
    assertThatThrownBy(() -> new OllamaServer(Optional.of(nobody), true, PATIENCE).preflight())
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("ollama_url: ");
    assertThat(new OllamaServer(Optional.of(server.address()), true, PATIENCE).preflight())
        .isEqualTo("version 0.0.0-fake answers at " + server.address());
  }

  private String tried() {
    List<LogEntry> entries = new ReleaseLog(folder).entries();
    return Objects.requireNonNull(entries.get(entries.size() - 1).tried());
  }

  private void publish(String run, Serving serving) throws IOException {
    runs.publish(run, serving);
  }

  private ModelServing serving() {
    return serving(folder, server.address(), true);
  }

  private static ModelServing serving(Path folder, URI address, boolean required) {
    return new ModelServing(
        folder,
        new OllamaServer(Optional.of(address), required, PATIENCE),
        Optional.of(SMOKE),
        32,
        (test, gguf, modelfile) ->
            test.run(
                gguf.toString().replaceAll(".*releases/\\d+/", ""),
                messages -> new SmokeTest.Answer("Understood.", "stop")),
        Optional.empty(),
        Progress.SILENT);
  }

  private static SmokeTest.Report neverAsked(SmokeTest test, Path gguf, Modelfile modelfile) {
    throw new AssertionError("a server is there");
  }

  private static URI unusedAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
