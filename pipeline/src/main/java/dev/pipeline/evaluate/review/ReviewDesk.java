package dev.pipeline.evaluate.review;

import dev.pipeline.data.Approval;
import dev.pipeline.io.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where opinions are handed in: each is on the disk before anybody hears that it was kept. Knows
 * nothing of the key. Safe for several threads; open once at a time over all processes.
 */
final class ReviewDesk implements AutoCloseable {
  private final ReviewFolder folder;
  private final List<ReviewItem> items;
  private Reviewers reviewers;
  private final ReviewLog log;
  private final ReviewState state;

  private ReviewDesk(
      ReviewFolder folder,
      List<ReviewItem> items,
      Reviewers reviewers,
      ReviewLog log,
      ReviewState state) {
    this.folder = folder;
    this.items = items;
    this.reviewers = reviewers;
    this.log = log;
    this.state = state;
  }

  /** Goes on where the log ends, with {@code newcomers} beside those already invited. */
  static ReviewDesk open(ReviewFolder folder, List<String> newcomers) {
    List<ReviewItem> items = folder.items();
    ReviewLog log = ReviewLog.open(folder.log());
    try {
      ReviewState state = ReviewState.of(ReviewLog.read(folder.log()));
      return new ReviewDesk(folder, items, folder.reviewers().invite(newcomers), log, state);
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  List<ReviewItem> items() {
    return items;
  }

  synchronized Reviewers reviewers() {
    return reviewers;
  }

  /** The reviewer whose link holds {@code token}; people may be invited while this is open. */
  synchronized Optional<Reviewer> withToken(String token) {
    Optional<Reviewer> known = reviewers.withToken(token);
    if (known.isPresent()) {
      return known;
    }
    reviewers = folder.reviewers();
    return reviewers.withToken(token);
  }

  /** What {@code reviewer} said so far, by item. */
  synchronized Map<String, Opinion> opinionsOf(Reviewer reviewer) {
    return state.opinionsOf(reviewer.name());
  }

  synchronized Optional<Approval> approvalOf(Reviewer reviewer) {
    return state.approvalOf(reviewer.name());
  }

  /** Keeps an opinion; on the disk when this returns. */
  void keep(Reviewer reviewer, String item, Opinion opinion) {
    if (items.stream().noneMatch(known -> known.id().equals(item))) {
      throw Failure.refused("there is no item " + item, "open the link again");
    }
    keep(LogEntry.of(Instant.now(), reviewer.name(), item, opinion));
  }

  /** Keeps an approval of the conversations shown; on the disk when this returns. */
  void keep(Reviewer reviewer, Approval.State verdict, String reason) {
    Approval approval =
        new Approval(verdict, reviewer.name(), reason.isBlank() ? null : reason.strip());
    keep(LogEntry.of(Instant.now(), reviewer.name(), approval));
  }

  private synchronized void keep(LogEntry entry) {
    log.append(entry);
    state.add(entry);
  }

  @Override
  public void close() {
    log.close();
  }
}
