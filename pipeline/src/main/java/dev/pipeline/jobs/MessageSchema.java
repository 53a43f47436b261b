package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Creates Spring Integration's tables on first use; one of them holds the requests to workers. */
final class MessageSchema {
  private static final String SCRIPT = "org/springframework/integration/jdbc/schema-postgresql.sql";

  private MessageSchema() {}

  static void ensure(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      if (!isComplete(connection)) {
        ResourceDatabasePopulator script =
            new ResourceDatabasePopulator(new ClassPathResource(SCRIPT));
        // Several workers may start at once, and one that was killed may have made some tables.
        script.setContinueOnError(true);
        script.populate(connection);
      }
    } catch (SQLException e) {
      throw Failure.infrastructure(
          "cannot create the tables of the work queue: " + e.getMessage(),
          "let the database user create tables",
          e);
    }
  }

  /** Whether the script's last object is there. */
  private static boolean isComplete(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "select 1 from information_schema.tables"
                    + " where lower(table_name) = 'int_metadata_store'")) {
      return tables.next();
    }
  }
}
