package dev.pipeline.serve.chat;

import dev.pipeline.talk.Answering;
import dev.pipeline.talk.Conversation;
import dev.pipeline.talk.HistoryBounds;
import dev.pipeline.talk.Reply;
import dev.pipeline.talk.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Answers one question: recalls the conversation, summarises what is too long, adds what documents
 * say, asks the model, and keeps the question with its answer.
 */
final class ChatAnswerer implements ChatDesk.Answerer {
  private static final int PASSAGES = 4;
  private static final int LONGEST_HISTORY = 100_000;
  private static final double NANOS = 1e9;

  private final ChatStore store;
  private final Grounding grounding;
  private final String systemPrompt;
  private final Answering usual;
  private final int mostTurns;

  /**
   * An answerer.
   *
   * @param usual how answers are drawn where a question does not say
   * @param mostTurns that go to the model whole
   */
  ChatAnswerer(
      ChatStore store, Grounding grounding, String systemPrompt, Answering usual, int mostTurns) {
    this.store = store;
    this.grounding = grounding;
    this.systemPrompt = systemPrompt.strip();
    this.usual = usual;
    this.mostTurns = mostTurns;
  }

  @Override
  public ChatAnswer answer(Speaker speaker, Waiting who, double waitedSeconds) {
    long started = System.nanoTime();
    Waiting.Question asked = who.question();
    List<String> notes = new ArrayList<>();
    Answering how = how(asked.query());
    List<Grounding.Passage> found = passages(asked.query());
    Remembered past = recalled(speaker, who, found, how.maxTokens(), notes);
    String system = system(speaker, past, asked.query().query(), notes);
    Fitted fitted = Fitted.of(speaker, system, asked.query().query(), found, how.maxTokens());
    fitted.note(found, speaker.contextTokens()).ifPresent(notes::add);
    Conversation conversation =
        new Conversation(
            speaker,
            system,
            new HistoryBounds(true, mostTurns, speaker.contextTokens()),
            how,
            notes::add);
    conversation.recall(past.turns());
    Reply reply =
        conversation.ask(fitted.question(), (index, piece) -> who.said(piece), who.stop());
    if (!reply.answer().isBlank()) {
      keep(asked, reply.answer(), notes);
    }
    return new ChatAnswer(
        asked.sessionId(),
        asked.conversationId(),
        reply.answer(),
        speaker.name(),
        reply.tokens(),
        reply.promptTokens(),
        reply.stoppedBy(),
        waitedSeconds,
        (System.nanoTime() - started) / NANOS,
        fitted.sources(),
        notes);
  }

  /** A conversation that was deleted while the model wrote stays deleted. */
  private void keep(Waiting.Question asked, String answer, List<String> notes) {
    String question = asked.query().query();
    if (asked.query().conversationId() == null) {
      store.add(asked.sessionId(), asked.conversationId(), question, answer);
    } else if (!store.goOn(asked.sessionId(), asked.conversationId(), question, answer)) {
      notes.add("the conversation was deleted meanwhile; this answer is not kept");
    }
  }

  private List<Grounding.Passage> passages(ChatQuery query) {
    String collection = query.collection();
    return collection == null || collection.isBlank()
        ? List.of()
        : grounding.find(collection, query.query(), PASSAGES);
  }

  private Answering how(ChatQuery query) {
    return new Answering(
        Objects.requireNonNullElse(query.temperature(), usual.temperature()),
        usual.topP(),
        usual.seed(),
        Objects.requireNonNullElse(query.maxTokens(), usual.maxTokens()));
  }

  /** The system message, without the summary where the question leaves no room for it. */
  private String system(Speaker speaker, Remembered past, String query, List<String> notes) {
    String whole = past.system(systemPrompt);
    if (whole.equals(systemPrompt)
        || Fitted.tokens(speaker, whole, query) < speaker.contextTokens()) {
      return whole;
    }
    notes.add(
        "the summary was left out: the context holds %d tokens".formatted(speaker.contextTokens()));
    return systemPrompt;
  }

  /** What is too long is summarised once, and kept so. */
  private Remembered recalled(
      Speaker speaker, Waiting who, List<Grounding.Passage> found, int answer, List<String> notes) {
    String id = who.question().conversationId();
    Remembered past =
        store
            .conversation(id)
            .map(known -> Remembered.of(known, store.messages(id, LONGEST_HISTORY)))
            .orElseGet(Remembered::nothing);
    String query = who.question().query().query();
    String question =
        Fitted.of(speaker, past.system(systemPrompt), query, found, answer).question();
    while (isTooLong(speaker, past, question, answer) && !who.stop().isPressed()) {
      String words = Summaries.of(speaker, past.summary(), past.older(), who.stop());
      if (words.isEmpty() || who.stop().isPressed()) {
        // The conversation itself forgets its oldest turns then, and says so.
        return past;
      }
      past = past.withSummary(words);
      store.summarise(id, words, past.summarised());
      notes.add("the first %d messages go as a summary".formatted(past.summarised()));
    }
    return past;
  }

  private boolean isTooLong(Speaker speaker, Remembered past, String question, int answer) {
    return !past.turns().isEmpty()
        && (past.turns().size() >= mostTurns
            || past.tokens(speaker, systemPrompt, question) + answer > speaker.contextTokens());
  }
}
