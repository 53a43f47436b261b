package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ReplyCleaner;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;

/** A model of an Ollama server, which renders conversations with the template it was given. */
public final class OllamaSpeaker implements Speaker {
  private final OllamaChat server;
  private final String model;
  private final Settings settings;

  /**
   * A speaker for {@code model}, which is loaded now.
   *
   * @throws Failure when no server answers, or it has no such model
   */
  public OllamaSpeaker(OllamaChat server, String model, Settings settings) {
    this.server = server;
    this.model = model;
    this.settings = settings;
    server.load(model, settings.options());
  }

  /**
   * What is asked of the server.
   *
   * @param options of the model, beside those of each answer
   * @param counter tokens of a conversation, as far as they are known here
   * @param stopWords texts that end an answer
   * @param parallel requests that wait for answers at once
   */
  public record Settings(
      OllamaChat.Options options,
      ToIntFunction<List<ChatMessage>> counter,
      List<String> stopWords,
      int parallel) {
    public Settings {
      stopWords = List.copyOf(stopWords);
    }
  }

  @Override
  public String name() {
    return model + " at " + server;
  }

  @Override
  public String weights() {
    return server.quantisation(model);
  }

  @Override
  public int contextTokens() {
    return settings.options().contextTokens();
  }

  @Override
  public int parallel() {
    return settings.parallel();
  }

  @Override
  public int count(List<ChatMessage> conversation) {
    return settings.counter().applyAsInt(conversation);
  }

  @Override
  public List<Reply> answer(
      List<List<ChatMessage>> conversations, Answering how, Listener listener, StopButton stop) {
    if (conversations.size() == 1) {
      return List.of(answer(0, conversations.get(0), how, listener, stop));
    }
    ExecutorService requests = Executors.newFixedThreadPool(conversations.size());
    try {
      List<Future<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < conversations.size(); i++) {
        int index = i;
        replies.add(
            requests.submit(() -> answer(index, conversations.get(index), how, listener, stop)));
      }
      return replies.stream().map(OllamaSpeaker::join).toList();
    } finally {
      requests.shutdownNow();
    }
  }

  private Reply answer(
      int index,
      List<ChatMessage> conversation,
      Answering how,
      Listener listener,
      StopButton stop) {
    ReplyCleaner cleaner = new ReplyCleaner(settings.stopWords());
    StringBuilder text = new StringBuilder();
    OllamaChat.End end =
        server.chat(
            new OllamaChat.Question(
                model, conversation, settings.options(), how, settings.stopWords()),
            piece -> {
              tell(index, cleaner.add(piece), text, listener);
              return !cleaner.ended();
            },
            stop);
    boolean over = cleaner.ended();
    tell(index, cleaner.finish(), text, listener);
    return end.reply(text.toString(), over);
  }

  private static void tell(int index, String piece, StringBuilder text, Listener listener) {
    if (!piece.isEmpty()) {
      text.append(piece);
      synchronized (listener) {
        listener.said(index, piece);
      }
    }
  }

  private static Reply join(Future<Reply> reply) {
    try {
      return reply.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure ? failure : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("stopped while Ollama was answering", "run the command again");
    }
  }

  @Override
  public Footprint footprint() {
    return server.footprint(model);
  }

  @Override
  public void close() {
    server.close();
  }
}
