package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Json;
import dev.pipeline.io.Progress;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import dev.pipeline.plan.RollbackPlan;
import dev.pipeline.release.LogEntry;
import dev.pipeline.release.ModelServing;
import dev.pipeline.release.Pruner;
import dev.pipeline.release.ReleaseManifest;
import dev.pipeline.release.ReleaseStore;
import dev.pipeline.release.Rollback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** What people do with releases after they were published. */
public final class ReleaseDesk {
  private final PipelineConfig config;
  private final Workspace workspace;

  /** The releases of the model that {@code config} names. */
  public ReleaseDesk(PipelineConfig config) {
    this.config = config;
    this.workspace = Workspace.of(config.model());
  }

  /**
   * A rollback that is wanted.
   *
   * @param version what is to serve; none means the release before the one that does
   * @param by who wants it; blank means whoever is logged in
   * @param why in a sentence
   * @param smoke whether it must answer first
   */
  public record Wish(OptionalInt version, String by, String why, boolean smoke) {}

  /**
   * What became of it.
   *
   * @param release what serves now
   * @param changed false where it served already
   * @param status where it is registered, in a sentence
   * @param entry the last line of the log
   */
  public record Done(int release, boolean changed, String status, LogEntry entry) {}

  /** Rolls back and records it where agents look plans up. */
  public Done rollback(Wish wish, Progress progress) {
    ModelServing serving = Servings.of(config, wish.smoke(), Optional.empty(), progress);
    String by = wish.by().isBlank() ? Servings.user() : wish.by();
    Rollback.Result result =
        new Rollback(
                workspace.model(),
                Clock.systemUTC(),
                serving,
                done -> record(done, serving.status()))
            .to(wish.version(), by, wish.why());
    return new Done(result.release().version(), result.changed(), serving.status(), result.entry());
  }

  /** Forgets releases that nothing needs. */
  public List<Pruner.Fate> prune(int newest, boolean dryRun) {
    return new Pruner(workspace.model()).prune(newest, referenced(), dryRun);
  }

  /** A release that the newest plan speaks of can be asked for, however old it is. */
  private Map<Integer, String> referenced() {
    Map<Integer, String> referenced = new HashMap<>();
    try (PlanStore plans = PlanStores.of(config)) {
      plans
          .latest(config.model().modelName())
          .map(plan -> plan.metadata().get("release"))
          .filter(Integer.class::isInstance)
          .map(Integer.class::cast)
          .ifPresent(version -> referenced.put(version, "the newest plan speaks of it"));
    }
    return referenced;
  }

  /** Recording it again, as after a crash, changes nothing. */
  private void record(Rollback.Result result, String status) {
    LogEntry entry = result.entry();
    PlanRecord plan =
        new RollbackPlan(
                config.model().modelName(),
                config.plan().planVersion(),
                entry.version(),
                Objects.requireNonNullElse(entry.replaces(), 0),
                result.line(),
                entry.at(),
                entry.by(),
                entry.why(),
                status,
                result.release().files())
            .record(known(entry.version()), Instant.now());
    try (PlanStore plans = PlanStores.of(config)) {
      plans.record(plan);
    }
  }

  private Optional<PlanRecord> known(int version) {
    Path file = new ReleaseStore(workspace.model()).file(version, ReleaseManifest.PLAN);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Json.parse(Files.readString(file), PlanRecord.class, file.toString()))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
