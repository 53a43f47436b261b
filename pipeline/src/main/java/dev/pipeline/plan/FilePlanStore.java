package dev.pipeline.plan;

import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The plan store that needs no server: one log of JSON lines, safe against crashes and shared by
 * processes. Searches by words and their parts, not by meaning.
 */
public final class FilePlanStore implements PlanStore {
  private final PlanLog log;
  private final ExclusiveFile lock;

  /** A store in {@code folder}, such as {@code artifacts/.plans}. */
  public FilePlanStore(Path folder) {
    this.log = new PlanLog(folder.resolve("plans.jsonl"));
    this.lock = new ExclusiveFile(folder.resolve("plans.lock"));
  }

  @Override
  public PlanRecord record(PlanRecord plan) {
    return lock.hold(
        () -> {
          PlanRecord known = byId().get(plan.id());
          if (known != null && !known.modelName().equals(plan.modelName())) {
            throw Failure.refused(
                "plan " + plan.id() + " is of " + known.modelName() + ", not " + plan.modelName(),
                "give the plan an id of its own, any UUID");
          }
          PlanRecord stored = known == null ? plan : plan.dated(known.createdAt());
          if (!stored.equals(known)) {
            log.append(stored);
          }
          return stored;
        });
  }

  @Override
  public List<PlanRecord> fetch(String modelName, int limit) {
    return byId().values().stream()
        .filter(plan -> plan.modelName().equals(modelName))
        .sorted(NEWEST_FIRST)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Match> search(String query, int limit) {
    List<PlanRecord> plans = byId().values().stream().sorted(NEWEST_FIRST).toList();
    double[] similarities =
        new LexicalIndex(plans.stream().map(PlanRecord::planText).toList()).similarities(query);
    List<Match> matches = new ArrayList<>();
    for (int i = 0; i < similarities.length; i++) {
      if (similarities[i] > 0) {
        matches.add(new Match(plans.get(i), similarities[i]));
      }
    }
    return matches.stream()
        .sorted(Comparator.comparingDouble(Match::similarity).reversed())
        .limit(limit)
        .toList();
  }

  private Map<UUID, PlanRecord> byId() {
    Map<UUID, PlanRecord> plans = new LinkedHashMap<>();
    log.read().forEach(plan -> plans.put(plan.id(), plan));
    return plans;
  }
}
