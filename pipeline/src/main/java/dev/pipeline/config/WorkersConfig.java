package dev.pipeline.config;

import java.time.Duration;

/**
 * {@code workers.yaml}: how mine and curate are divided among processes. What they make is the same
 * byte for byte, however many there are; more than this process needs a job store in PostgreSQL.
 *
 * @param count workers that a run starts on its own machine; with 0, and none elsewhere, the run's
 *     own process does all work; default 0
 * @param elsewhere whether rows also wait for processes that {@code pipeline worker} started, on
 *     any machine that sees the same folders; default false
 * @param partRows rows that a worker takes at a time, and at most does again after a kill; default
 *     5000
 * @param lease silence after which a worker's rows are given to another; default 30s
 * @param patience time without any progress after which the run gives up; default 10m
 */
public record WorkersConfig(
    int count, boolean elsewhere, int partRows, Duration lease, Duration patience) {
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);

  /** What holds without a file. */
  public static final WorkersConfig DEFAULTS =
      new WorkersConfig(0, false, 5000, Duration.ofSeconds(30), Duration.ofMinutes(10));

  /** Refuses values out of range. */
  public WorkersConfig {
    Check.within("count", 0, 257, count);
    Check.atLeast("part_rows", 1, partRows);
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw Check.bad("lease", "must be at least 5s, was " + lease.toSeconds() + "s");
    }
    if (patience.compareTo(lease) < 0) {
      throw Check.bad("patience", "must be at least the lease");
    }
  }

  /** Whether rows are divided at all. */
  public boolean divided() {
    return count > 0 || elsewhere;
  }
}
