package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchSchemaTest {
  @TempDir Path folder;

  @Test
  void aProcessThatDiesTakesNoNumbersWithIt() throws SQLException {
    JdbcDataSource store = new JdbcDataSource();
    store.setUrl("jdbc:h2:file:" + folder.resolve("store") + ";WRITE_DELAY=0");
    for (int start = 1; start <= 3; start++) {
      new BatchSchema(store).afterPropertiesSet();
      try (Connection connection = store.getConnection()) {
        assertThat(next(connection)).isEqualTo(start);
        connection.createStatement().execute("shutdown immediately");
      } catch (SQLException e) {
        assertThat(e.getMessage()).contains("closed");
      }
    }
  }

  private static long next(Connection connection) throws SQLException {
    try (ResultSet value =
        connection
            .createStatement()
            .executeQuery("select next value for batch_job_execution_seq")) {
      value.next();
      return value.getLong(1);
    }
  }
}
