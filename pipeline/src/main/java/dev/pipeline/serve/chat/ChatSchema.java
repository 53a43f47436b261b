package dev.pipeline.serve.chat;

import dev.pipeline.io.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ScriptException;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Brings the tables of the chat to the version that this program knows, script by script. */
final class ChatSchema {
  private static final int VERSION = 1;
  private static final int ATTEMPTS = 3;

  private ChatSchema() {}

  /** Several services may do this to the same database at the same time. */
  static void bringUp(DataSource source) {
    for (int attempt = 1; ; attempt++) {
      try {
        bringUpOnce(source);
        return;
      } catch (Failure | DataAccessException overtaken) {
        // Whoever loses a race finds at the next look what the winner made.
        if (attempt == ATTEMPTS) {
          throw overtaken;
        }
      }
    }
  }

  private static void bringUpOnce(DataSource source) {
    JdbcClient database = JdbcClient.create(source);
    database.sql("create table if not exists chat_schema (version integer primary key)").update();
    int there =
        database
            .sql("select coalesce(max(version), 0) from chat_schema")
            .query(Integer.class)
            .single();
    if (there > VERSION) {
      throw Failure.refused(
          "the chat's tables are of version %d, this program knows %d".formatted(there, VERSION),
          "use the program that wrote them, or a newer one");
    }
    for (int next = there + 1; next <= VERSION; next++) {
      apply(source, next);
    }
  }

  /** Each version is there with its number, or not at all, where the database can do that. */
  private static void apply(DataSource source, int version) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      ScriptUtils.executeSqlScript(
          connection, new ClassPathResource("schema-" + version + ".sql", ChatSchema.class));
      try (var mark = connection.prepareStatement("insert into chat_schema values (?)")) {
        mark.setInt(1, version);
        mark.executeUpdate();
      }
      connection.commit();
    } catch (SQLException | ScriptException e) {
      throw Failure.infrastructure(
          "the chat's tables cannot be made: " + e.getMessage(),
          "give the database's user the right to create tables",
          e);
    }
  }
}
