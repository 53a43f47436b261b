package dev.pipeline.jobs;

import dev.pipeline.io.StopSignal;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * While a job runs, looks into the store now and then for {@code pipeline jobs stop}, which another
 * process wrote there.
 */
final class StopWatcher implements JobExecutionListener {
  private static final Logger LOG = LoggerFactory.getLogger(StopWatcher.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final JobRepository repository;
  private final StopSignal stop;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(StopWatcher::daemon);

  StopWatcher(JobRepository repository, StopSignal stop) {
    this.repository = repository;
    this.stop = stop;
  }

  @Override
  public void beforeJob(JobExecution execution) {
    long millis = PERIOD.toMillis();
    var unused =
        executor.scheduleWithFixedDelay(
            () -> look(execution.getId()), millis, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void afterJob(JobExecution execution) {
    executor.shutdownNow();
  }

  private void look(long id) {
    try {
      JobExecution execution = repository.getJobExecution(id);
      if (execution != null && execution.isStopping()) {
        stop.request("asked by pipeline jobs stop");
      }
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("cannot look for stop requests; the next look may succeed", e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "stop-watcher");
    thread.setDaemon(true);
    return thread;
  }
}
