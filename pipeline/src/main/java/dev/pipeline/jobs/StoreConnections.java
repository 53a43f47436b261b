package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the job store. Who waited in vain for one gets none for a while, without waiting:
 * Spring Batch saves a step, its state and its job one after the other, each of which would wait
 * anew for a store that is away.
 *
 * <p>Each thread waits for itself. One that only looks now and then must not decide for a training
 * of hours that has nothing to save before the store is back.
 */
final class StoreConnections implements DataSource {
  /** How long a connection to a server is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * How long an answer of the server is waited for. The driver waits for ever, and a machine that
   * loses its network would never hear of it.
   */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final Duration REFUSAL = Duration.ofSeconds(5);

  /** SQL states of a connection that cannot be made or broke, by their beginning. */
  private static final String CONNECTION = "08";

  /** PostgreSQL's states of a server that was shut down, crashed, or is still starting. */
  private static final String SERVER_STOPS = "57P0";

  private final DataSource source;
  private final Map<Thread, Vain> vain = new ConcurrentHashMap<>();

  /** A wait that brought nothing, and when it ended. */
  private record Vain(SQLException why, long at) {}

  StoreConnections(DataSource source) {
    this.source = source;
  }

  /** Whether {@code error} says that the server is not there, whatever was wanted of it. */
  static boolean isAway(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
      if (cause instanceof SQLTransientConnectionException
          || (state != null && (state.startsWith(CONNECTION) || state.startsWith(SERVER_STOPS)))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether {@code error} says that a connection was waited for in vain; one that breaks, as when
   * the server restarts, is another matter.
   */
  static boolean isLongAway(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return true;
      }
    }
    return false;
  }

  /** The driver's own settings for a server; what its address says wins over them. */
  static Map<String, String> driver() {
    return Map.of("socketTimeout", String.valueOf(SILENCE.toSeconds()), "tcpKeepAlive", "true");
  }

  /** What to say of a store that is away. */
  static Failure away(StoreLocation location, Throwable cause) {
    return Failure.infrastructure(
        "the job store is away: " + location + " does not answer",
        "start it, then run the same command again: it goes on, and what is finished is kept",
        cause);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Vain before = vain.get(Thread.currentThread());
    if (before != null && System.nanoTime() - before.at < REFUSAL.toNanos()) {
      throw before.why;
    }
    try {
      Connection connection = source.getConnection();
      vain.remove(Thread.currentThread());
      return connection;
    } catch (SQLException e) {
      vain.put(Thread.currentThread(), new Vain(e, System.nanoTime()));
      throw e;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return source.getConnection(user, password);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
    source.setLogWriter(writer);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return wanted.isInstance(this) ? wanted.cast(this) : source.unwrap(wanted);
  }

  @Override
  public boolean isWrapperFor(Class<?> wanted) throws SQLException {
    return wanted.isInstance(this) || source.isWrapperFor(wanted);
  }
}
