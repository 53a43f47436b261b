package dev.pipeline.jobs;

import com.zaxxer.hikari.HikariDataSource;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.sql.SQLException;

/** Databases beside the job store. */
public final class Databases {
  private static final int CONNECTIONS = 4;

  /** H2's DATABASE_ALREADY_OPEN_1. */
  private static final int IN_USE = 90020;

  private Databases() {}

  /**
   * The database that a team shares, or else an embedded one of its own.
   *
   * @param file of the embedded one, without ending
   */
  public static HikariDataSource open(PipelineConfig config, Path file) {
    StoreLocation location =
        StoreLocation.of(config.database(), Workspace.of(config.model()).jobs(), System.getenv());
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl(
        location.embedded()
            ? "jdbc:h2:file:" + file.toAbsolutePath().normalize() + ";WRITE_DELAY=0"
            : location.url());
    source.setUsername(location.credentials().get("username"));
    source.setPassword(location.credentials().get("password"));
    source.setMaximumPoolSize(CONNECTIONS);
    if (location.embedded()) {
      OwnerOnly.keep(file.toAbsolutePath().resolveSibling(""));
    } else {
      source.setConnectionTimeout(StoreConnections.PATIENCE.toMillis());
      StoreConnections.driver().forEach(source::addDataSourceProperty);
    }
    try {
      source.getConnection().close();
      return source;
    } catch (SQLException | RuntimeException e) {
      source.close();
      throw location.embedded()
          ? unusable(file + ".mv.db", e)
          : Failure.infrastructure(
              "the database of the settings cannot be opened",
              "check the address, PIPELINE_DB_USER and PIPELINE_DB_PASSWORD",
              e);
    }
  }

  private static Failure unusable(String file, Throwable why) {
    int code = 0;
    for (Throwable cause = why; cause != null && code == 0; cause = cause.getCause()) {
      code = cause instanceof SQLException sql ? sql.getErrorCode() : 0;
    }
    return code == IN_USE
        ? Failure.infrastructure(
            file + " cannot be opened; another service may hold it",
            "end the other one, or use another output_dir",
            why)
        : Failure.infrastructure(
            file + " cannot be opened; it is damaged or not readable (H2's error " + code + ")",
            "restore it from a backup, or move it away to begin without the conversations in it",
            why);
  }
}
