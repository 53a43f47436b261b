package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.integration.partition.MessageChannelPartitionHandler;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.messaging.MessageChannel;

/**
 * Rows divided among worker processes by Spring Batch's remote partitioning: requests go through a
 * table of the job store, and the store itself tells what became of them. The parts are put
 * together in the order of the rows, so that what comes out is what one process would have made.
 */
final class PartSteps {
  /** Where a part's execution says which rows it means. */
  static final String PLACE = "place";

  /** Where it says what to do to them. */
  static final String PLAN = "plan";

  /** How a part ends that a worker with other code got. */
  static final ExitStatus OTHER_CODE =
      new ExitStatus("FAILED", "the worker runs other code than the run");

  private static final Duration LOOKS = Duration.ofMillis(500);

  /** The watch ends a run that stands still long before. */
  private static final Duration LONGEST = Duration.ofDays(30);

  private final JobStore store;
  private final RunContext run;
  private final RowWork work;
  private @Nullable PartPlan plan;

  PartSteps(JobStore store, RunContext run, RowWork work) {
    this.store = store;
    this.run = run;
    this.work = work;
  }

  /** Dividing and working, then putting together. */
  List<Step> steps(JobSteps steps) {
    WorkQueue.requireShared(store);
    String unit = work.kind().unit();
    Step divided =
        new StepBuilder(unit + " in parts", store.repository())
            .partitioner(unit, size -> divide())
            .partitionHandler(this::handle)
            .build();
    return List.of(divided, steps.recipe(unit + " together", () -> new PartMerge(run).merge()));
  }

  private Map<String, ExecutionContext> divide() {
    PartMerge.forget(run.folder());
    PartPlan plan = plan();
    plan.write(run.folder());
    Map<String, ExecutionContext> parts = new LinkedHashMap<>();
    for (Place place : plan.places()) {
      ExecutionContext context = new ExecutionContext();
      context.putString(PLACE, Json.line(place));
      context.putString(PLAN, planFile().toString());
      parts.put(place.name(), context);
    }
    return parts;
  }

  private synchronized PartPlan plan() {
    if (plan == null) {
      plan = new PartPlan(work, Place.each(work.files(), run.config().workers().partRows()));
    }
    return plan;
  }

  private Path planFile() {
    return PartPlan.file(run.folder()).toAbsolutePath().normalize();
  }

  private Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager)
      throws Exception {
    WorkQueue queue = WorkQueue.open(store, run.workspace().jobs());
    try (LocalWorkers workers = LocalWorkers.start(run)) {
      try (PartWatch watch =
          new PartWatch(store.repository(), queue, manager, run, plan(), workers)) {
        watch.start();
        return checked(handler(queue).handle(splitter, manager), manager, watch);
      }
    }
  }

  private Collection<StepExecution> checked(
      Collection<StepExecution> parts, StepExecution manager, PartWatch watch) {
    if (run.stop().isRequested()) {
      manager.setTerminateOnly();
      return parts;
    }
    Optional<Failure> failure = watch.failure();
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (parts.stream().anyMatch(part -> part.getStatus() == BatchStatus.FAILED)) {
      throw failureOf(parts, run);
    }
    return parts;
  }

  private PartitionHandler handler(WorkQueue queue) throws Exception {
    MessageChannel channel =
        (message, timeout) -> {
          queue.send(message);
          return true;
        };
    MessageChannelPartitionHandler handler = new MessageChannelPartitionHandler();
    handler.setStepName(work.kind().unit());
    handler.setMessagingOperations(new MessagingTemplate(channel));
    handler.setJobRepository(store.repository());
    handler.setPollInterval(LOOKS.toMillis());
    handler.setTimeout(LONGEST.toMillis());
    handler.afterPropertiesSet();
    return handler;
  }

  /** What the first part that failed told. */
  static Failure failureOf(Collection<StepExecution> parts, RunContext run) {
    String why =
        parts.stream()
            .filter(part -> part.getStatus() == BatchStatus.FAILED)
            .map(part -> reason(part.getExitStatus().getExitDescription()))
            .findFirst()
            .orElse("no reason given");
    return Failure.infrastructure(
        "a worker failed: " + why,
        "mend that, then run the same command again; finished parts are kept ("
            + run.workspace().jobs().resolve("worker-*.log")
            + ")",
        null);
  }

  /** The innermost words of a stack trace, which is what Spring Batch keeps of a failure. */
  private static String reason(String description) {
    String name = Failure.class.getName() + ": ";
    return description
        .lines()
        .filter(line -> line.contains(name))
        .map(line -> line.substring(line.indexOf(name) + name.length()))
        .findFirst()
        .orElse(description.lines().findFirst().orElse("no reason given"));
  }
}
