package dev.pipeline.jobs;

import dev.pipeline.config.DatabaseConfig;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.PlatformTransactionManager;

/** The place where jobs remember how far they are, with Spring Batch on top of it. */
final class JobStore implements AutoCloseable {
  private static final String FILE = "store.mv.db";

  /** H2's FILE_CORRUPTED_1, and GENERAL_ERROR_1 for what it did not expect in a file. */
  private static final Set<Integer> BROKEN_CODES = Set.of(90030, 50000);

  /** H2's CONNECTION_BROKEN_1. */
  private static final int CONNECTION_BROKEN = 90067;

  private static final String BROKEN = "store.mv.db.broken";

  private final ConfigurableApplicationContext context;
  private final StoreLocation location;

  private JobStore(ConfigurableApplicationContext context, StoreLocation location) {
    this.context = context;
    this.location = location;
  }

  /** Opens the store below {@code jobsFolder}, or the database that is configured. */
  static JobStore open(DatabaseConfig config, Path jobsFolder) {
    StoreLocation location = StoreLocation.of(config, jobsFolder, System.getenv());
    // H2 offers an open file to other processes by TCP; nobody outside this machine may ask.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    try {
      return start(location);
    } catch (BeansException e) {
      Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
      if (explainedDisk(e, jobsFolder) instanceof Failure full) {
        throw full;
      }
      if (location.embedded() && isBroken(e)) {
        setAside(jobsFolder);
        return start(location);
      }
      throw unreachable(location, cause);
    }
  }

  /**
   * The full disk behind {@code error}, if there is one, or {@code error} itself. The store meets a
   * full disk in many guises, and often cannot even write down why a job failed.
   */
  static RuntimeException explainedDisk(RuntimeException error, Path jobsFolder) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure known) {
        return known;
      }
      if (cause instanceof IOException io && Reason.isNoRoom(Reason.of(io))) {
        return AtomicFiles.cannotWrite(jobsFolder.resolve(FILE), io);
      }
    }
    return error;
  }

  /**
   * What {@code error} of a run with this store really is: a full disk, a store that is away, or
   * {@code error} itself.
   */
  RuntimeException explained(RuntimeException error, Path jobsFolder) {
    RuntimeException known = explainedDisk(error, jobsFolder);
    return !embedded() && known == error && StoreConnections.isAway(error)
        ? StoreConnections.away(location, error)
        : known;
  }

  /** What to say when a connection was waited for in vain. */
  Failure away(Throwable cause) {
    return StoreConnections.away(location, cause);
  }

  /** Whether the store belongs to one folder of artefacts alone. */
  boolean embedded() {
    return location.embedded();
  }

  /** Spring Batch's memory of executions. */
  JobRepository repository() {
    return context.getBean(JobRepository.class);
  }

  /** Starts and recovers executions. */
  JobOperator operator() {
    return context.getBean(JobOperator.class);
  }

  /** The database itself. */
  DataSource dataSource() {
    return context.getBean(DataSource.class);
  }

  /** The transactions that items and step state commit in. */
  PlatformTransactionManager transactions() {
    return context.getBean(PlatformTransactionManager.class);
  }

  @Override
  public void close() {
    context.close();
  }

  private static JobStore start(StoreLocation location) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("spring.datasource.url", location.url());
    location
        .credentials()
        .forEach((key, value) -> properties.put("spring.datasource." + key, value));
    // One connection for the job, one for the watcher of stop requests, one to spare.
    properties.put("spring.datasource.hikari.maximum-pool-size", 3);
    properties.put("spring.datasource.hikari.minimum-idle", 1);
    if (!location.embedded()) {
      long millis = StoreConnections.PATIENCE.toMillis();
      properties.put("spring.datasource.hikari.connection-timeout", millis);
      properties.put("spring.datasource.hikari.validation-timeout", millis / 2);
      StoreConnections.driver()
          .forEach(
              (key, value) ->
                  properties.put("spring.datasource.hikari.data-source-properties." + key, value));
    }
    return new JobStore(
        new SpringApplicationBuilder(BatchConfiguration.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .registerShutdownHook(false)
            .properties(properties)
            .run(),
        location);
  }

  /**
   * Whether H2 says that its file, not its user, is at fault. A file also ends too early; so does a
   * connection to the process that holds it, when that ends, which says so.
   */
  static boolean isBroken(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() == CONNECTION_BROKEN) {
        return false;
      }
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      boolean broken =
          cause instanceof SQLException sql && BROKEN_CODES.contains(sql.getErrorCode());
      if (broken || cause instanceof EOFException) {
        return true;
      }
    }
    return false;
  }

  /** Manifests say what is done, so that a broken store costs only the history of executions. */
  private static void setAside(Path jobsFolder) {
    Path file = jobsFolder.resolve(FILE);
    try {
      Files.move(file, jobsFolder.resolve(BROKEN), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private static Failure unreachable(StoreLocation location, Throwable cause) {
    return Failure.infrastructure(
        "cannot open the job store " + location + ": " + firstLine(cause),
        location.embedded()
            ? "check that the folder is writable and that no older process hangs on it"
            : "check the address, PIPELINE_DB_USER and PIPELINE_DB_PASSWORD, and that the server"
                + " runs",
        cause);
  }

  private static String firstLine(Throwable cause) {
    return Objects.requireNonNullElseGet(cause.getMessage(), () -> cause.getClass().getSimpleName())
        .lines()
        .findFirst()
        .orElse("no reason given");
  }
}
