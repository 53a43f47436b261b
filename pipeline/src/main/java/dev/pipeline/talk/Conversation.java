package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A conversation that remembers as much as its bounds allow: the oldest turns are forgotten first,
 * always whole, so that roles alternate; the system message stays.
 */
public final class Conversation {
  private final Speaker speaker;
  private final String systemPrompt;
  private final HistoryBounds bounds;
  private final Answering how;
  private final Consumer<String> notes;
  private final List<Turn> turns = new ArrayList<>();
  private boolean saidBound;

  /**
   * A conversation with {@code speaker}.
   *
   * @param systemPrompt opens it; none when blank
   * @param notes hears, in a sentence, of what is forgotten
   */
  public Conversation(
      Speaker speaker,
      String systemPrompt,
      HistoryBounds bounds,
      Answering how,
      Consumer<String> notes) {
    this.speaker = speaker;
    this.systemPrompt = systemPrompt.strip();
    this.bounds = bounds;
    this.how = how;
    this.notes = notes;
  }

  /** A question and its answer. */
  public record Turn(String question, String answer) {}

  /** What is remembered, oldest first. */
  public List<Turn> history() {
    return List.copyOf(turns);
  }

  /** Goes on from {@code earlier} turns, oldest first, in place of what is remembered. */
  public void recall(List<Turn> earlier) {
    turns.clear();
    turns.addAll(earlier.subList(Math.max(0, earlier.size() - bounds.mostTurns()), earlier.size()));
  }

  /** Forgets everything. */
  public void reset() {
    turns.clear();
  }

  /** Asks; what was answered is remembered, even when it was stopped half-way. */
  public Reply ask(String question, Listener listener, StopButton stop) {
    int room = makeRoom(question);
    List<ChatMessage> messages = messages(question);
    Reply reply = speaker.answer(List.of(messages), how.atMost(room), listener, stop).get(0);
    if (!reply.answer().isEmpty() && bounds.mostTurns() > 0) {
      turns.add(new Turn(question, reply.answer()));
    }
    if (turns.size() > bounds.mostTurns()) {
      turns.remove(0);
      noteBound();
    }
    return reply;
  }

  /** Forgets what has no room; returns the tokens that an answer may have. */
  private int makeRoom(String question) {
    int before = turns.size();
    int taken = speaker.count(messages(question));
    while (!turns.isEmpty() && taken + how.maxTokens() > bounds.contextTokens()) {
      turns.remove(0);
      taken = speaker.count(messages(question));
    }
    int forgotten = before - turns.size();
    if (forgotten > 0) {
      notes.accept(
          (forgotten == 1 ? "the oldest turn was" : "the " + forgotten + " oldest turns were")
              + " forgotten: the context window holds "
              + bounds.contextTokens()
              + " tokens");
    }
    if (taken >= bounds.contextTokens()) {
      throw Failure.refused(
          "the question takes %d tokens, the context window (CONTEXT_WINDOW_SIZE) holds %d"
              .formatted(taken, bounds.contextTokens()),
          "ask in fewer words, or set CONTEXT_WINDOW_SIZE higher where the model was made for more");
    }
    return bounds.contextTokens() - taken;
  }

  /** Once is enough: from now on it happens with every answer. */
  private void noteBound() {
    if (!saidBound) {
      saidBound = true;
      notes.accept(
          "from now on the oldest turns are forgotten: MAX_CHAT_HISTORY is " + bounds.mostTurns());
    }
  }

  private List<ChatMessage> messages(String question) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!systemPrompt.isEmpty()) {
      messages.add(ChatMessage.system(systemPrompt));
    }
    for (Turn turn : turns) {
      messages.add(ChatMessage.user(turn.question()));
      messages.add(ChatMessage.assistant(turn.answer()));
    }
    messages.add(ChatMessage.user(question));
    return messages;
  }
}
