package dev.pipeline.jobs;

import dev.pipeline.config.DatabaseConfig;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Spring Batch keeps its tables: a PostgreSQL database that a team shares, or an embedded H2
 * file that other processes may open while a run holds it (AUTO_SERVER), on the loopback only.
 */
record StoreLocation(String url, Map<String, String> credentials) {
  /** Names the database; wins over the configuration. */
  static final String URL = "PIPELINE_DB_URL";

  private static final String USER = "PIPELINE_DB_USER";
  private static final String PASSWORD = "PIPELINE_DB_PASSWORD";

  /** The database that the environment or the configuration names, or else the embedded one. */
  static StoreLocation of(DatabaseConfig config, Path jobsFolder, Map<String, String> environment) {
    String given = environment.get(URL);
    String url = given == null ? config.url() : checked(given);
    if (url.isEmpty()) {
      return new StoreLocation(h2(jobsFolder), Map.of("username", "pipeline", "password", ""));
    }
    // Left out where not given: the driver then asks ~/.pgpass and the system's own user.
    Map<String, String> credentials = new LinkedHashMap<>();
    putGiven(credentials, "username", environment.get(USER));
    putGiven(credentials, "password", environment.get(PASSWORD));
    return new StoreLocation(url, credentials);
  }

  private static void putGiven(
      Map<String, String> credentials, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      credentials.put(key, value);
    }
  }

  /** What holds for the setting holds for the variable. */
  private static String checked(String url) {
    try {
      return new DatabaseConfig(url).url();
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          URL + ": " + e.getMessage(),
          "unset it, or set it like jdbc:postgresql://host/database, user and password apart");
    }
  }

  /** Whether the store is a file that only this machine's processes see. */
  boolean embedded() {
    return url.startsWith("jdbc:h2:");
  }

  private static String h2(Path jobsFolder) {
    return "jdbc:h2:file:"
        + jobsFolder.toAbsolutePath().normalize().resolve("store")
        + ";AUTO_SERVER=TRUE;WRITE_DELAY=0";
  }

  @Override
  public String toString() {
    return url;
  }
}
