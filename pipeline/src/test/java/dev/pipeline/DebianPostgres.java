package dev.pipeline;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server of Debian's package ({@code apt-get install postgresql}) with data of its own
 * in a temporary folder, one user with a password, and one database.
 */
public final class DebianPostgres implements AutoCloseable {
  /** Its user; the password is told to processes by their environment. */
  public static final String USER = "pipeline";

  /** Made up, and good for this server alone. */
  public static final String PASSWORD = "kT7-planted-database-secret";

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path home;
  private final int port;

  private DebianPostgres(Path programs, Path home, int port) {
    this.programs = programs;
    this.home = home;
    this.port = port;
  }

  /** Starts one; the test is skipped, and says so, where the package is missing. */
  public static DebianPostgres start() {
    Optional<Path> programs = programs();
    Assumptions.assumeTrue(
        programs.isPresent(), "no PostgreSQL here (Debian: apt-get install postgresql)");
    try {
      Path home = Files.createTempDirectory("postgres");
      DebianPostgres server = new DebianPostgres(programs.get(), home, freePort());
      server.initialise();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its address, without user and password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/jobs";
  }

  /** The folder of its data and its log. */
  public Path home() {
    return home;
  }

  /** All that its database holds, as {@code pg_dump} tells it. */
  public String dump() {
    ProcessBuilder builder =
        new ProcessBuilder(
            programs.resolve("pg_dump").toString(),
            "--host=127.0.0.1",
            "--port=" + port,
            "--username=" + USER,
            "jobs");
    builder.environment().put("PGPASSWORD", PASSWORD);
    return run(builder);
  }

  private void initialise() throws IOException {
    Path password = home.resolve("password");
    Files.writeString(password, PASSWORD);
    if (isRoot()) {
      // The server refuses to run as root.
      run(List.of("chown", "-R", "postgres", home.toString()));
    }
    run(
        as(
            "initdb",
            "--pgdata=" + data(),
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-sync"));
    resume();
    ProcessBuilder create =
        new ProcessBuilder(
            programs.resolve("createdb").toString(),
            "--host=127.0.0.1",
            "--port=" + port,
            "--username=" + USER,
            "jobs");
    create.environment().put("PGPASSWORD", PASSWORD);
    run(create);
  }

  /** Ends the server as a crash would; its data stay. */
  public void halt() {
    run(as("pg_ctl", "stop", "--mode=immediate", "--wait", "--pgdata=" + data()));
  }

  /** Starts it again, at the same address. */
  public void resume() {
    run(
        as(
            "pg_ctl",
            "start",
            "--wait",
            "--pgdata=" + data(),
            "--log=" + home.resolve("log"),
            "--options=-p "
                + port
                + " -c listen_addresses=127.0.0.1 -k "
                + home
                + " -c fsync=off"));
  }

  @Override
  public void close() {
    halt();
    run(List.of("rm", "-rf", home.toString()));
  }

  private Path data() {
    return home.resolve("data");
  }

  private List<String> as(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static void run(List<String> command) {
    run(new ProcessBuilder(command));
  }

  private static String run(ProcessBuilder builder) {
    try {
      Path said = Files.createTempFile("postgres", ".out");
      // To a file: the server inherits a pipe, which would then never end.
      Process process =
          builder
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      int status = process.waitFor();
      String words = Files.readString(said);
      Files.delete(said);
      if (status != 0) {
        throw new IllegalStateException(builder.command() + " ended with " + status + ": " + words);
      }
      return words;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Path> programs() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
