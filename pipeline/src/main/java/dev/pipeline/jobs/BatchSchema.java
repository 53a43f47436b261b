package dev.pipeline.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Creates Spring Batch's tables on first use. */
final class BatchSchema implements InitializingBean {
  private final DataSource dataSource;

  BatchSchema(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void afterPropertiesSet() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (!isComplete(connection)) {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        ResourceDatabasePopulator script =
            new ResourceDatabasePopulator(
                new ClassPathResource("org/springframework/batch/core/schema-" + product + ".sql"));
        // A process that was killed half-way, or one that starts now, may have made some tables.
        script.setContinueOnError(true);
        script.populate(connection);
        if (product.equals("h2")) {
          numberWithoutGaps(connection);
        }
      }
    }
  }

  /** H2 draws 32 numbers ahead, which a process that does not end in peace takes with it. */
  private static void numberWithoutGaps(Connection connection) throws SQLException {
    for (String name : List.of("step_execution", "job_execution", "job_instance")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("alter sequence batch_" + name + "_seq no cache");
      }
    }
  }

  /** Whether the script's last object is there. */
  private static boolean isComplete(Connection connection) throws SQLException {
    try (ResultSet sequences =
        connection
            .createStatement()
            .executeQuery(
                "select 1 from information_schema.sequences"
                    + " where lower(sequence_name) = 'batch_job_instance_seq'")) {
      return sequences.next();
    }
  }
}
