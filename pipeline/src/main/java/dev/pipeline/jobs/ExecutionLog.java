package dev.pipeline.jobs;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The executions in a job store, for those who look often and must not be in the way. The embedded
 * store is read from a copy: who opened the file itself would serve it to the training that starts
 * a moment later, and take it along when it ends. A team's database is asked, at most every two
 * seconds.
 */
public final class ExecutionLog {
  private static final String FILE = "store.mv.db";
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionLog.class);
  private static final Duration REST = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int ATTEMPTS = 5;

  private final Path folder;
  private final StoreLocation location;
  private List<ExecutionView> known = List.of();
  private @Nullable Failure trouble;
  private String stamp = "";
  private long looked = System.nanoTime() - REST.toNanos();

  private ExecutionLog(Path folder, StoreLocation location) {
    this.folder = folder;
    this.location = location;
  }

  /** The log of the store that {@code config} names. */
  public static ExecutionLog open(PipelineConfig config) {
    Path folder = Workspace.of(config.model()).jobs();
    return new ExecutionLog(folder, StoreLocation.of(config.database(), folder, System.getenv()));
  }

  /**
   * The newest executions, newest first; what was seen last where the embedded store is just being
   * written.
   *
   * @throws Failure where a team's database does not answer, without asking it again for a while
   */
  public synchronized List<ExecutionView> list() {
    if (System.nanoTime() - looked >= REST.toNanos()) {
      try {
        look();
        trouble = null;
      } catch (Failure away) {
        trouble = away;
      }
      looked = System.nanoTime();
    }
    if (trouble != null) {
      throw trouble;
    }
    return known;
  }

  private void look() {
    String now = stamp();
    if (!now.equals(stamp)) {
      Optional<List<ExecutionView>> read = read();
      known = read.orElse(known);
      // What could not be read is read again at the next look, whether or not it changes.
      stamp = read.isPresent() ? now : stamp;
    }
  }

  /** What changes whenever the answer may. */
  private String stamp() {
    if (!location.embedded()) {
      return "asked at " + System.nanoTime();
    }
    Path file = folder.resolve(FILE);
    try {
      return Files.exists(file)
          ? Files.getLastModifiedTime(file) + " " + Files.size(file) + " " + RunLock.isHeld(folder)
          : "";
    } catch (IOException e) {
      return stamp;
    }
  }

  private Optional<List<ExecutionView>> read() {
    if (!location.embedded()) {
      return Optional.of(asked());
    }
    Optional<List<ExecutionView>> read = copied();
    for (int again = 1; again < ATTEMPTS && read.isEmpty(); again++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      read = copied();
    }
    return read;
  }

  private List<ExecutionView> asked() {
    try {
      return read(location.url(), location.credentials().get("username"), true);
    } catch (DataAccessException | HikariPool.PoolInitializationException e) {
      throw Failure.infrastructure(
          "the job store " + location + " cannot be asked",
          "check the address, PIPELINE_DB_USER and PIPELINE_DB_PASSWORD, and that the server runs",
          e);
    }
  }

  /** Empty where the copy was taken in the middle of a write. */
  private Optional<List<ExecutionView>> copied() {
    Path scratch = scratch();
    try {
      Files.copy(folder.resolve(FILE), scratch.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(
          read(
              "jdbc:h2:file:" + scratch.resolve("store") + ";IFEXISTS=TRUE",
              location.credentials().get("username"),
              RunLock.isHeld(folder)));
    } catch (IOException | RuntimeException halfWritten) {
      LOG.debug("the copy of the job store cannot be read", halfWritten);
      return Optional.empty();
    } finally {
      clear(scratch);
    }
  }

  /** What cannot be cleared is the system's to clear, and no reason to show nothing. */
  private static void clear(Path scratch) {
    try {
      AtomicFiles.deleteRecursively(scratch);
    } catch (Failure left) {
      LOG.debug("the copy of the job store cannot be deleted", left);
    }
  }

  /** A folder for one look: a process that is killed between two leaves nothing behind. */
  private static Path scratch() {
    try {
      return Files.createTempDirectory("pipeline-executions");
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot make a folder in the system's place for temporary files: " + e.getMessage(),
          "check java.io.tmpdir",
          e);
    }
  }

  private List<ExecutionView> read(String url, @Nullable String user, boolean alive) {
    try (HikariDataSource source = new HikariDataSource()) {
      source.setJdbcUrl(url);
      source.setUsername(user);
      source.setPassword(location.credentials().get("password"));
      source.setMaximumPoolSize(1);
      if (!location.embedded()) {
        source.setConnectionTimeout(StoreConnections.PATIENCE.toMillis());
        StoreConnections.driver().forEach(source::addDataSourceProperty);
      }
      return Executions.list(repository(source), alive);
    }
  }

  /** Spring Batch's own reader of its tables, without a container around it. */
  private static JobRepository repository(HikariDataSource source) {
    try {
      JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
      factory.setDataSource(source);
      factory.setTransactionManager(new JdbcTransactionManager(source));
      factory.afterPropertiesSet();
      return factory.getObject();
    } catch (Exception e) {
      throw Failure.infrastructure(
          "cannot read the job store: " + e.getMessage(), "check that it can be reached", e);
    }
  }
}
