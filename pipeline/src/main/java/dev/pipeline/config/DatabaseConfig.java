package dev.pipeline.config;

import java.util.regex.Pattern;

/**
 * {@code database.yaml}: where jobs remember how far they are. User and password come from the
 * environment only (PIPELINE_DB_USER, PIPELINE_DB_PASSWORD); PIPELINE_DB_URL overrides the URL.
 *
 * @param url JDBC address of a PostgreSQL database that a team shares; default empty: an embedded
 *     H2 file below output_dir
 */
public record DatabaseConfig(String url) {
  private static final Pattern SECRET = Pattern.compile("(?i)password=|user=|//[^/]*@");

  /** What holds without a file. */
  public static final DatabaseConfig DEFAULTS = new DatabaseConfig("");

  /** Refuses other databases, and secrets in a file. */
  public DatabaseConfig {
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
      throw Check.bad("url", "must start with jdbc:postgresql: or be empty");
    }
    if (SECRET.matcher(url).find()) {
      throw new BadValue(
          "url",
          "must not hold a user or a password",
          "put them into PIPELINE_DB_USER and PIPELINE_DB_PASSWORD");
    }
  }
}
