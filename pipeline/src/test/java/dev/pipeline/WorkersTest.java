package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.GeneratedConversations;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows divided among worker processes through PostgreSQL, some of which do not live to the end. */
@Tag("cluster")
class WorkersTest {
  private static final int ROWS = 50_000;

  @TempDir Path home;
  private DebianPostgres server;

  @BeforeEach
  void start() {
    server = DebianPostgres.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void twoWorkersMakeWhatOneProcessMakesThoughOneIsKilled() throws IOException {
    SmokeConfig alone = config("alone", ROWS);
    assertThat(Program.run("run", "curate", "--config", alone.folder().toString()).status())
        .isZero();

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
    SmokeConfig alone = config("alone", 6_000);
    assertThat(Program.run("run", "curate", "--config", alone.folder().toString()).status())
        .isZero();

    SmokeConfig divided = config("divided", 6_000);
    String[] arguments = arguments(divided, "--workers", "2", "workers.part_rows=500");
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
  void withoutPostgreSqlItIsRefused() {
    SmokeConfig config = config("embedded", 10);
    Program.Ended ended =
        Program.run("run", "curate", "--config", config.folder().toString(), "--workers", "2");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text()).contains("only with a job store in PostgreSQL");
  }

  private SmokeConfig config(String name, int rows) {
    Path folder = home.resolve(name);
    SmokeConfig config = SmokeConfig.in(folder);
    config.raw("");
    GeneratedConversations.write(folder.resolve("raw/made.jsonl"), rows, 11);
    return config;
  }

  private Map<String, String> environment() {
    return Map.of(
        "PIPELINE_DB_URL", server.url(),
        "PIPELINE_DB_USER", DebianPostgres.USER,
        "PIPELINE_DB_PASSWORD", DebianPostgres.PASSWORD);
  }

  private static String[] arguments(SmokeConfig config, String... more) {
    return Stream.concat(
            Stream.of("run", "curate", "--config", config.folder().toString(), "workers.lease=10s"),
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

  /** Content by name of every file of every dataset version. */
  private static Map<String, String> datasets(SmokeConfig config) throws IOException {
    Path curated = config.folder().resolveSibling("datasets").resolve("curated");
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(curated)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(curated.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
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
      return ProcessHandle.current()
          .descendants()
          .filter(
              process ->
                  process.info().arguments().stream()
                      .flatMap(Stream::of)
                      .anyMatch("dev.pipeline.jobs.LocalWorker"::equals));
    }
  }
}
