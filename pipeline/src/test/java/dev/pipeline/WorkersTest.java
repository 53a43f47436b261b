package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.GeneratedConversations;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows divided among worker processes through PostgreSQL, some of which do not live to the end. */
@Tag("cluster")
class WorkersTest {
  private static final int ROWS = 50_000;
  private static final int FEWER = 2_000;
  private static final int SOME = 5_000;

  /** For processes that end before the optimising compiler repays its time. */
  private static final String BRIEF = "-XX:TieredStopAtLevel=1";

  @TempDir Path home;
  private static DebianPostgres server;

  @BeforeAll
  static void start() {
    server = DebianPostgres.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void twoWorkersMakeWhatOneProcessMakesThoughOneIsKilled() throws IOException {
    SmokeConfig alone = config("alone", ROWS);
    assertThat(curate(alone).status()).isZero();

    SmokeConfig divided = config("divided", ROWS);
    Killing killing = new Killing(divided);
    Program.Ended ended =
        Program.with(environment())
            .run(killing, killing::kill, arguments(divided, "--workers", "2"));
    assertThat(ended.status()).as(ended.text()).isZero();
    assertThat(killing.killed).as("one worker had to die in the middle").isPresent();
    assertThat(datasets(divided)).isEqualTo(datasets(alone));
    assertThat(datasets(divided)).isNotEmpty();
    assertNoSecret(divided, ended);
  }

  @Test
  void aRunThatIsKilledGoesOnWithTheFinishedParts() throws IOException {
    SmokeConfig alone = config("alone", FEWER);
    assertThat(curate(alone).status()).isZero();

    SmokeConfig divided = config("divided", FEWER);
    String[] arguments = arguments(divided, "--workers", "2", "workers.part_rows=100");
    BooleanSupplier inTheMiddle = () -> finishedParts(divided) >= 3;
    Program.Ended killed = Program.with(environment()).run(inTheMiddle, arguments);
    assertThat(killed.status()).isEqualTo(137);
    int kept = finishedParts(divided);
    assertThat(kept).isPositive();

    Program.Ended ended = Program.with(environment()).run(() -> false, arguments);
    assertThat(ended.status()).as(ended.text()).isZero();
    assertThat(ended.text()).contains("continued");
    assertThat(datasets(divided)).isEqualTo(datasets(alone));
  }

  @Test
  void aRunWhoseStoreGoesAwayEndsAndGoesOnWhenItIsBack() throws IOException {
    SmokeConfig alone = config("alone", SOME);
    assertThat(curate(alone).status()).isZero();

    SmokeConfig divided = config("divided", SOME);
    String[] arguments = arguments(divided, "--workers", "2", "workers.part_rows=50");
    try {
      Program.Ended away =
          Program.with(environment())
              .run(() -> finishedParts(divided) >= 3, server::halt, arguments);
      assertAway(away);
      assertThat(Killing.workers()).isEmpty();
      assertThat(finishedParts(divided)).isPositive();
    } finally {
      server.resume();
    }
    Program.Ended ended = Program.with(environment()).run(() -> false, arguments);
    assertThat(ended.status()).as(ended.text()).isZero();
    assertThat(ended.text()).contains("continued");
    assertThat(datasets(divided)).isEqualTo(datasets(alone));
  }

  @Test
  void aWorkerWhoseStoreGoesAwayEnds() throws IOException {
    SmokeConfig config = config("waiting", 10);
    Path queue = config.folder().resolveSibling("artifacts").resolve(".jobs/queue.id");
    try {
      assertAway(
          Program.with(environment())
              .run(
                  () -> Files.exists(queue),
                  server::halt,
                  "worker",
                  "--config",
                  config.folder().toString()));
    } finally {
      server.resume();
    }
  }

  private static void assertAway(Program.Ended ended) {
    assertThat(ended.status()).as(ended.text()).isEqualTo(3);
    assertThat(ended.lines())
        .as(ended.text())
        .filteredOn(line -> line.contains("the job store is away"))
        .hasSize(1);
    assertThat(ended.text())
        .contains("run the same command again")
        .doesNotContain("defect", "Exception", DebianPostgres.PASSWORD);
  }

  @Test
  void withoutPostgreSqlItIsRefused() throws IOException {
    SmokeConfig config = config("embedded", 10);
    Program.Ended ended =
        Program.run("run", "curate", "--config", config.folder().toString(), "--workers", "2");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text()).contains("only with a job store in PostgreSQL");
  }

  /** Settings with folders of their own, of the same conversations however they are called. */
  private SmokeConfig config(String name, int rows) throws IOException {
    Path raw = Files.createDirectories(home.resolve("raw"));
    if (Files.notExists(raw.resolve("made.jsonl"))) {
      GeneratedConversations.write(raw.resolve("made.jsonl"), rows, 11);
    }
    SmokeConfig config = SmokeConfig.in(home.resolve(name));
    config.set("mine", "raw", raw);
    config.set("curate", "chunk_size", 1_000);
    return config;
  }

  /** In one process, whose job store is its own. */
  private static Program.Ended curate(SmokeConfig config) {
    return Program.with(Map.of("PIPELINE_JAVA_OPTS", BRIEF))
        .run(() -> false, "run", "curate", "--config", config.folder().toString());
  }

  private static Map<String, String> environment() {
    return Map.of(
        "PIPELINE_DB_URL",
        server.url(),
        "PIPELINE_DB_USER",
        DebianPostgres.USER,
        "PIPELINE_DB_PASSWORD",
        DebianPostgres.PASSWORD,
        "PIPELINE_JAVA_OPTS",
        BRIEF);
  }

  private static String[] arguments(SmokeConfig config, String... more) {
    return Stream.concat(
            Stream.of("run", "curate", "--config", config.folder().toString(), "workers.lease=5s"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /** The finished parts that lie about. */
  private static int finishedParts(SmokeConfig config) {
    try (Stream<Path> files = Files.walk(config.folder().resolveSibling("artifacts"))) {
      return (int)
          files
              .filter(Files::isDirectory)
              .filter(path -> path.toString().matches(".*/parts/[0-9][^/]*"))
              .count();
    } catch (IOException | UncheckedIOException movedWhileWalking) {
      return 0;
    }
  }

  /** Digest by name of every file of every dataset version. */
  private static Map<String, String> datasets(SmokeConfig config) throws IOException {
    Path curated = config.folder().resolveSibling("datasets").resolve("curated");
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(curated)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(curated.relativize(file).toString(), Hashes.sha256(file));
      }
    }
    return digests;
  }

  private static void assertNoSecret(SmokeConfig config, Program.Ended ended) throws IOException {
    assertThat(ended.text()).doesNotContain(DebianPostgres.PASSWORD);
    try (Stream<Path> files = Files.walk(config.folder().resolveSibling("artifacts"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain(DebianPostgres.PASSWORD);
      }
    }
  }

  /** Kills a worker with -9 while it makes a part, when some parts are done. */
  private static final class Killing implements BooleanSupplier {
    private final SmokeConfig config;
    private Optional<ProcessHandle> killed = Optional.empty();

    Killing(SmokeConfig config) {
      this.config = config;
    }

    @Override
    public boolean getAsBoolean() {
      return finishedParts(config) >= 2 && workers().count() == 2;
    }

    void kill() {
      killed = workers().min(Comparator.comparing(ProcessHandle::pid));
      killed.ifPresent(ProcessHandle::destroyForcibly);
    }

    private static Stream<ProcessHandle> workers() {
      return ProcessHandle.current().descendants().filter(Killing::isWorker);
    }

    /** By its command line; ProcessHandle tells none that is longer than a page. */
    private static boolean isWorker(ProcessHandle process) {
      try {
        return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
            .contains("\0dev.pipeline.jobs.LocalWorker\0");
      } catch (IOException ended) {
        return false;
      }
    }
  }
}
