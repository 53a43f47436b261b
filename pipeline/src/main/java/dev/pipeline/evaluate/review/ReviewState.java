package dev.pipeline.evaluate.review;

import dev.pipeline.data.Approval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What each reviewer last said, for the log keeps everything. */
final class ReviewState {
  private final Map<String, Map<String, Opinion>> opinions = new HashMap<>();
  private final Map<String, Approval> approvals = new TreeMap<>();

  /** The state after {@code entries}, oldest first. */
  static ReviewState of(List<LogEntry> entries) {
    ReviewState state = new ReviewState();
    entries.forEach(state::add);
    return state;
  }

  void add(LogEntry entry) {
    if (entry.item() != null && entry.opinion() != null) {
      opinions
          .computeIfAbsent(entry.reviewer(), any -> new HashMap<>())
          .put(entry.item(), entry.opinion());
    } else if (entry.approval() != null) {
      approvals.put(entry.reviewer(), entry.approval());
    }
  }

  /** By item. */
  Map<String, Opinion> opinionsOf(String reviewer) {
    return Map.copyOf(opinions.getOrDefault(reviewer, Map.of()));
  }

  /** What {@code reviewer} says of {@code item}. */
  Opinion opinion(String reviewer, String item) {
    return opinions.getOrDefault(reviewer, Map.of()).getOrDefault(item, Opinion.NONE);
  }

  Optional<Approval> approvalOf(String reviewer) {
    return Optional.ofNullable(approvals.get(reviewer));
  }

  /** By reviewer. */
  Map<String, Approval> approvals() {
    return Map.copyOf(approvals);
  }
}
