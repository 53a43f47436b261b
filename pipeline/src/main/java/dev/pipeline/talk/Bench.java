package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * How a model bears being talked with on this machine: how fast it loads, reads and writes, what it
 * takes, and whether it lasts through a conversation.
 */
public final class Bench {
  private static final double NANOS = 1e9;

  private static final List<String> QUESTIONS =
      List.of(
          "Our steel costs rose by nine percent, so we need the same from you. What do you say?",
          "The board wants net thirty. Can you live with that?",
          "Another supplier offered us twelve percent less. Why should we stay?",
          "We could commit to two years if the price holds. What would you need?",
          "Delivery slipped twice this quarter. How will you make up for it?",
          "I am not authorised to go above forty thousand. Where does that leave us?",
          "What if we took the whole volume at once?",
          "Your last quote had a setup fee in it. It has to go.",
          "We are under pressure to close by Friday. What can you move on?",
          "Let us sum up. What is your final offer?");

  /** Read with each round's question, so that reading has something to read. */
  private static final String BACKGROUND =
      """
      The buyer runs three plants and orders in spring and in autumn. Last year's contract \
      had a price per tonne, a discount above two hundred tonnes and payment within sixty days. Two \
      deliveries came late, one of them incomplete, and the buyer's planning team had to move a \
      whole production line. The supplier's energy costs went up in March, its freight costs in \
      May, and its own smelter raised prices twice. Both sides said that they want to go on \
      together. The buyer asks for a lower price, the supplier for a longer contract, and neither \
      has yet said what it would give for it.

      """;

  private final String systemPrompt;
  private final Plan plan;
  private final Progress progress;
  private final StopButton stop;
  private final LongSupplier gpuTaken;

  /**
   * A measurement.
   *
   * @param gpuTaken bytes that are taken on this machine's GPUs by now; 0 where there are none
   */
  public Bench(
      String systemPrompt, Plan plan, Progress progress, StopButton stop, LongSupplier gpuTaken) {
    this.systemPrompt = systemPrompt;
    this.plan = plan;
    this.progress = progress;
    this.stop = stop;
    this.gpuTaken = gpuTaken;
  }

  /**
   * How much is measured.
   *
   * @param rounds questions that are timed; the figures are their medians
   * @param turns of the conversation afterwards
   * @param maxTokens longest answer
   */
  public record Plan(int rounds, int turns, int maxTokens) {
    /** Refuses to measure nothing. */
    public Plan {
      Bounds.require(rounds >= 1, "--rounds", rounds, "of at least 1");
      Bounds.require(turns >= 1, "--turns", turns, "of at least 1");
      Bounds.require(maxTokens >= 2, "--max-tokens", maxTokens, "of at least 2");
    }
  }

  /** Loads the model and measures; a model that fails on the way is a result, too. */
  public Figures measure(Supplier<Speaker> open) {
    long gpuBefore = gpuTaken.getAsLong();
    progress.at(0, steps(), "loading");
    long started = System.nanoTime();
    try (Speaker speaker = open.get()) {
      double load = (System.nanoTime() - started) / NANOS;
      List<Reply.Timings> rounds = new ArrayList<>();
      Optional<String> broke = Optional.empty();
      int turns = 0;
      try {
        for (int round = 1; round <= plan.rounds(); round++) {
          rounds.add(round(speaker, round));
          goOn(round, "round " + round);
        }
        for (Conversation talk = conversation(speaker); turns < plan.turns(); turns++) {
          talk.ask(QUESTIONS.get(turns % QUESTIONS.size()), Listener.DEAF, stop);
          goOn(plan.rounds() + turns + 1, "turn " + (turns + 1));
        }
      } catch (Failure failure) {
        if (stop.isPressed()) {
          throw failure;
        }
        broke = Optional.of(failure.reason());
      }
      return new Figures(
          speaker.name(),
          speaker.weights(),
          load,
          median(rounds, Reply.Timings::firstTokenSeconds),
          median(rounds, Reply.Timings::promptTokensPerSecond),
          median(rounds, Reply.Timings::tokensPerSecond),
          footprint(speaker, broke.isPresent(), gpuBefore),
          rounds.size(),
          turns,
          plan.turns(),
          broke);
    }
  }

  /** What has died cannot be asked any more. */
  private Footprint footprint(Speaker speaker, boolean broke, long gpuBefore) {
    Footprint told = broke ? new Footprint(0, 0) : speaker.footprint();
    long grown = Math.max(0, gpuTaken.getAsLong() - gpuBefore);
    return told.gpu() > 0 ? told : told.plusGpu(grown);
  }

  private Reply.Timings round(Speaker speaker, int round) {
    String text = "Round " + round + ". " + BACKGROUND + QUESTIONS.get(round % QUESTIONS.size());
    List<ChatMessage> messages = new ArrayList<>();
    if (!systemPrompt.isBlank()) {
      messages.add(ChatMessage.system(systemPrompt.strip()));
    }
    messages.add(ChatMessage.user(text));
    return speaker
        .answer(List.of(messages), Answering.greedy(plan.maxTokens()), Listener.DEAF, stop)
        .get(0)
        .timings();
  }

  private Conversation conversation(Speaker speaker) {
    return new Conversation(
        speaker,
        systemPrompt,
        new HistoryBounds(true, plan.turns(), speaker.contextTokens()),
        Answering.greedy(plan.maxTokens()),
        note -> {});
  }

  private void goOn(int done, String what) {
    progress.at(done, steps(), what);
    if (stop.isPressed()) {
      throw Failure.interrupted("stopped before the measurement was done", "run it again");
    }
  }

  private int steps() {
    return plan.rounds() + plan.turns();
  }

  /** Of the rounds where it is known; 0 where it is in none. */
  static double median(List<Reply.Timings> rounds, ToDoubleFunction<Reply.Timings> figure) {
    double[] sorted =
        rounds.stream().mapToDouble(figure).filter(value -> value > 0).sorted().toArray();
    if (sorted.length == 0) {
      return 0;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
