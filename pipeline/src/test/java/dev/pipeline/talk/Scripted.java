package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * A speaker for tests that echoes: it answers the question's number of words, a word a token, so
 * that what it was sent can be told. Its prompts take a token a word of every message.
 */
public final class Scripted implements Speaker {
  public final List<List<ChatMessage>> heard = new ArrayList<>();
  final List<Integer> batches = new ArrayList<>();
  private final int contextTokens;
  private final int parallel;
  private final int diesAt;

  public Scripted(int contextTokens) {
    this(contextTokens, 1, Integer.MAX_VALUE);
  }

  public Scripted(int contextTokens, int parallel, int diesAt) {
    this.contextTokens = contextTokens;
    this.parallel = parallel;
    this.diesAt = diesAt;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public String weights() {
    return "Q4_K - Medium";
  }

  @Override
  public int contextTokens() {
    return contextTokens;
  }

  @Override
  public int parallel() {
    return parallel;
  }

  @Override
  public int count(List<ChatMessage> conversation) {
    return conversation.stream().mapToInt(message -> message.content().split(" ", -1).length).sum();
  }

  @Override
  public List<Reply> answer(
      List<List<ChatMessage>> conversations, Answering how, Listener listener, StopButton stop) {
    batches.add(conversations.size());
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      heard.add(conversations.get(i));
      if (heard.size() == diesAt) {
        throw Failure.infrastructure("the process died", "start it again", null);
      }
      replies.add(reply(i, conversations.get(i), how, listener));
    }
    return replies;
  }

  private Reply reply(int index, List<ChatMessage> messages, Answering how, Listener listener) {
    String[] words = messages.get(messages.size() - 1).content().split(" ", -1);
    int most = Math.min(words.length, how.maxTokens());
    String answer = String.join(" ", List.of(words).subList(0, most));
    listener.said(index, answer);
    StoppedBy why = most < words.length ? StoppedBy.LENGTH : StoppedBy.MODEL;
    return new Reply(
        answer, count(messages), most, why, Reply.Timings.of(4, 21, 1_000_000_000, 2_000_000_000));
  }

  @Override
  public Footprint footprint() {
    return new Footprint(1_000, 0);
  }

  @Override
  public void close() {}
}
