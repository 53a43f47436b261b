package dev.pipeline.jobs;

import com.zaxxer.hikari.HikariDataSource;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.sql.SQLException;

/** Databases beside the job store. */
public final class Databases {
  private static final int CONNECTIONS = 4;

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
    try {
      source.getConnection().close();
      return source;
    } catch (SQLException | RuntimeException e) {
      source.close();
      throw Failure.infrastructure(
          location.embedded()
              ? file + ".mv.db cannot be opened; another pipeline serve may hold it"
              : "the database of the settings cannot be opened",
          location.embedded()
              ? "end the other one, or use another output_dir"
              : "check the address, PIPELINE_DB_USER and PIPELINE_DB_PASSWORD",
          e);
    }
  }
}
