package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.fetch.FakeContent;
import dev.pipeline.fetch.FakeHub;
import dev.pipeline.fetch.FakeRepository;
import dev.pipeline.io.Json;
import dev.pipeline.track.wandb.FakeWeightsAndBiases;
import dev.pipeline.vectors.qdrant.QdrantProtocolServer;
import io.grpc.InsecureServerCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month's retraining with a credential for every server there is, from the fetched base to the
 * recorded plan, then all that looks at it, and the same with credentials that are refused: none of
 * them stands anywhere afterwards.
 */
@Tag("e2e")
class PlantedSecretsTest {
  private static final String QDRANT_KEY = "qdr-7f-planted-vector-secret";
  private static final String SERVE_TOKEN = "srv+9d/planted/service/secret";
  private static final Map<String, String> WRONG =
      Map.of(
          "HF_TOKEN", "hf_wrong_planted_hub_secret",
          "WANDB_API_KEY", "89abcdef012345670123456789abcdef01234567",
          "QDRANT_API_KEY", "qdr-wrong-planted-vector-secret",
          "PIPELINE_DB_PASSWORD", "kT7-wrong-planted-database-secret");

  @TempDir static Path home;
  private static final Map<String, String> ENVIRONMENT = new HashMap<>();
  private static final List<Program.Ended> ENDED = new ArrayList<>();
  private static SecretSearch search;
  private static FakeHub hub;
  private static FakeWeightsAndBiases wandb;
  private static QdrantProtocolServer qdrant;
  private static DebianPostgres postgres;
  private static ProcessWatch processes;
  private static SmokeConfig config;
  private static ServiceCrawl crawl;

  @BeforeAll
  static void doEverything() throws IOException {
    postgres = DebianPostgres.start();
    hub = new FakeHub();
    wandb = new FakeWeightsAndBiases();
    qdrant = new QdrantProtocolServer(InsecureServerCredentials.create(), "http", QDRANT_KEY);
    config = SmokeConfig.in(home);
    config.set("model", "base_model", home.resolve("base"));
    config.set("tracking", "wandb_mode", "online");
    publishBase();
    plant();
    List<String> secrets =
        new ArrayList<>(
            List.of(
                FakeHub.TOKEN,
                FakeWeightsAndBiases.KEY,
                QDRANT_KEY,
                DebianPostgres.PASSWORD,
                SERVE_TOKEN));
    secrets.addAll(WRONG.values());
    search = new SecretSearch(secrets);
    processes = new ProcessWatch(search, "LlamaWorker");
    run("fetch", "owner/base", "--endpoint", hub.endpoint(), "--to", home + "/base");
    run("run", "retrain");
    run("track", "sync");
    run("plans", "list", "--json");
    run("doctor");
    run("jobs", "list", "--json");
    try (Serving serving = Serving.start(ENVIRONMENT, "--config", config.folder().toString())) {
      crawl = ServiceCrawl.of(serving.page(""), SERVE_TOKEN);
    }
    runRefused();
    processes.close();
  }

  private static void publishBase() throws IOException {
    FakeRepository base = hub.add("owner/base").forMembers();
    try (Stream<Path> files = Files.list(Path.of("../artifacts/base"))) {
      for (Path file : files.toList()) {
        base.lfs(file.getFileName().toString(), FakeContent.of(Files.readAllBytes(file)));
      }
    }
  }

  private static void plant() throws IOException {
    Path temporary = Files.createDirectories(home.resolve("tmp"));
    ENVIRONMENT.put("HF_TOKEN", FakeHub.TOKEN);
    ENVIRONMENT.putAll(wandb.environment());
    ENVIRONMENT.put("QDRANT_URL", qdrant.address().toString());
    ENVIRONMENT.put("QDRANT_API_KEY", QDRANT_KEY);
    ENVIRONMENT.put("PIPELINE_DB_URL", postgres.url());
    ENVIRONMENT.put("PIPELINE_DB_USER", DebianPostgres.USER);
    ENVIRONMENT.put("PIPELINE_DB_PASSWORD", DebianPostgres.PASSWORD);
    ENVIRONMENT.put("PIPELINE_SERVE_TOKEN", SERVE_TOKEN);
    ENVIRONMENT.put("PIPELINE_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    ENVIRONMENT.put("XDG_CACHE_HOME", home.resolve("cache").toString());
  }

  /** What a command says when its credential is refused, or stands where none may. */
  private static void runRefused() {
    run(WRONG, "fetch", "owner/base", "--endpoint", hub.endpoint(), "--to", home + "/other");
    run(
        Map.of("WANDB_API_KEY", WRONG.get("WANDB_API_KEY")),
        "run",
        "sft",
        "sft.learning_rate=2e-3");
    run(Map.of("WANDB_API_KEY", WRONG.get("WANDB_API_KEY")), "track", "sync");
    run(Map.of("QDRANT_API_KEY", WRONG.get("QDRANT_API_KEY")), "plans", "list");
    run(Map.of("PIPELINE_DB_PASSWORD", WRONG.get("PIPELINE_DB_PASSWORD")), "jobs", "list");
    run(WRONG, "doctor");
    String inUrl = postgres.url() + "?password=" + DebianPostgres.PASSWORD;
    run(Map.of("PIPELINE_DB_URL", inUrl), "jobs", "list");
    String inQdrant = "http://user:" + QDRANT_KEY + "@localhost:1";
    run(Map.of("QDRANT_URL", inQdrant), "plans", "list");
    String inWandb = "http://api:" + FakeWeightsAndBiases.KEY + "@localhost:1";
    run(Map.of("WANDB_BASE_URL", inWandb), "track", "sync");
  }

  private static void run(String... arguments) {
    Program.Ended ended = run(Map.of(), arguments);
    assertThat(ended.status()).as(ended.text()).isZero();
  }

  private static Program.Ended run(Map<String, String> other, String... arguments) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.putAll(other);
    List<String> words = new ArrayList<>(List.of(arguments));
    if (!words.contains("fetch")) {
      words.addAll(List.of("--config", config.folder().toString()));
    }
    Program.Ended ended = Program.with(environment).run(() -> false, words.toArray(String[]::new));
    ENDED.add(ended);
    return ended;
  }

  @AfterAll
  static void stop() throws IOException {
    if (crawl != null) {
      qdrant.close();
      wandb.close();
      hub.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void everyServerWasReallyAsked() {
    assertThat(hub.violations).isEmpty();
    assertThat(wandb.refusals()).noneMatch(refusal -> refusal.contains("body"));
    assertThat(wandb.bodies()).hasSizeGreaterThan(5);
    assertThat(qdrant.memory().points("learning")).isPositive();
    assertThat(postgres.dump()).contains("CREATE TABLE", "retrain");
    assertThat(crawl.answers()).hasSizeGreaterThan(30);
    assertThat(processes.seen()).isNotEmpty();
  }

  @Test
  void noneWasPrinted() {
    ENDED.forEach(ended -> assertThat(search.in(ended.text())).as(ended.text()).isEmpty());
    // All that a credential was refused.
    assertThat(ENDED.stream().filter(ended -> ended.status() != 0)).hasSizeGreaterThan(5);
  }

  @Test
  void noneIsInAnyFile() {
    assertThat(search.below(home)).isEmpty();
  }

  @Test
  void noneIsInTheDatabase() {
    assertThat(search.in(postgres.dump())).isEmpty();
    // Only the file from which the server itself was given its password.
    assertThat(search.below(postgres.home()))
        .containsOnly(postgres.home() + "/password holds " + DebianPostgres.PASSWORD);
  }

  @Test
  void noneWasSentAway() {
    assertThat(search.in(String.join("\n", wandb.bodies()))).isEmpty();
  }

  @Test
  void noAnswerOfTheServiceHoldsOne() {
    crawl.answers().forEach((path, body) -> assertThat(search.in(body)).as(path).isEmpty());
  }

  @Test
  void noneIsInTheListOfProcesses() {
    assertThat(processes.found()).isEmpty();
  }

  @Test
  void theSearchFindsWhatIsThere(@TempDir Path place) throws IOException {
    byte[] basic = ("api:" + FakeWeightsAndBiases.KEY).getBytes(StandardCharsets.US_ASCII);
    Files.writeString(place.resolve("a.log"), Base64.getEncoder().encodeToString(basic));
    Files.writeString(place.resolve("b.json"), Json.line(Map.of("key", QDRANT_KEY)));
    Files.writeString(place.resolve("c.html"), "?token=srv%2B9d%2Fplanted%2Fservice%2Fsecret&x=1");
    Files.writeString(place.resolve(FakeHub.TOKEN), "");
    Files.writeString(place.resolve("d.db"), DebianPostgres.PASSWORD, StandardCharsets.UTF_16LE);
    assertThat(search.below(place)).hasSize(5);
  }
}
