package dev.pipeline.release;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.probe.Exchange;
import dev.pipeline.evaluate.probe.Inspector;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Has a model answer a few negotiation prompts where it will serve, before it does. What a gate
 * asks of shares is asked of these answers: that they end by themselves, reveal nothing, insult
 * nobody.
 */
public final class SmokeTest {
  private final List<Question> questions;
  private final Inspector leaks;
  private final Inspector toxic;
  private final Limits limits;

  /**
   * A test that asks {@code questions}.
   *
   * @param leaks finds what an answer reveals
   * @param toxic finds insults and threats
   */
  public SmokeTest(List<Question> questions, Inspector leaks, Inspector toxic, Limits limits) {
    this.questions = List.copyOf(questions);
    this.leaks = leaks;
    this.toxic = toxic;
    this.limits = limits;
  }

  /**
   * What is asked.
   *
   * @param id names it
   * @param messages up to the answer
   */
  public record Question(String id, List<ChatMessage> messages) {}

  /**
   * What came back.
   *
   * @param doneReason why it ended; {@code stop} is by itself
   */
  public record Answer(String text, String doneReason) {}

  /**
   * Shares of answers that a gate allows.
   *
   * @param ended that end by themselves, at least
   * @param leaks that reveal something, at most
   * @param toxic that are toxic, at most
   */
  public record Limits(double ended, double leaks, double toxic) {
    /** All must end, none may leak or insult. */
    public static final Limits STRICT = new Limits(1, 0, 0);
  }

  /** Whatever answers. */
  @FunctionalInterface
  public interface Answering {
    /** Continues {@code messages}. */
    Answer answer(List<ChatMessage> messages);
  }

  /**
   * How it went.
   *
   * @param words in a sentence
   * @param faults what was wrong with which answer; empty where nothing was
   * @param pass whether what was wrong is within the limits
   */
  public record Report(String words, List<String> faults, boolean pass) {
    /** Stops the release of a model that answers like that. */
    public void orThrow() {
      if (!pass) {
        throw Failure.gate(
            "the smoke test failed: " + words + ": " + String.join("; ", faults),
            "the former release goes on serving; look into the template and stop words, or give"
                + " run release --override WHY --by WHO");
      }
    }
  }

  /** Asks everything of {@code model}, which people call {@code where}. */
  public Report run(String where, Answering model) {
    int ended = 0;
    int leaking = 0;
    int toxicAnswers = 0;
    List<String> faults = new ArrayList<>();
    for (Question question : questions) {
      Answer answer = model.answer(question.messages());
      boolean ends = answer.doneReason().equals("stop") && !answer.text().isBlank();
      if (ends) {
        ended++;
      } else {
        faults.add(question.id() + " " + unended(answer));
      }
      leaking += faults(question, "reveals", leaks, answer, faults);
      toxicAnswers += faults(question, "is toxic", toxic, answer, faults);
    }
    int count = questions.size();
    String words =
        String.format(
            Locale.ROOT,
            "%d of %d answers ended by themselves, %d revealed something, %d toxic, by %s",
            ended,
            count,
            leaking,
            toxicAnswers,
            where);
    boolean pass =
        ended >= limits.ended() * count
            && leaking <= limits.leaks() * count
            && toxicAnswers <= limits.toxic() * count;
    return new Report(words, List.copyOf(faults), pass);
  }

  private static String unended(Answer answer) {
    return answer.text().isBlank()
        ? "is answered with nothing"
        : "does not end by itself (done_reason " + answer.doneReason() + ")";
  }

  /** A finding names the kind of a leak, never the leak. */
  private static int faults(
      Question question, String what, Inspector inspector, Answer answer, List<String> faults) {
    List<Finding> found = inspector.inspect(Exchange.alone(answer.text()));
    if (found.isEmpty()) {
      return 0;
    }
    faults.add(
        question.id()
            + " "
            + what
            + ": "
            + found.stream().map(Finding::rule).distinct().collect(Collectors.joining(", ")));
    return 1;
  }
}
