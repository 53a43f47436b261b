package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.export.llama.GenerateOptions;
import dev.pipeline.export.llama.Generation.StopReason;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.export.llama.Loading;
import dev.pipeline.export.llama.ModelSummary;
import dev.pipeline.export.llama.Written;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A GGUF file in llama.cpp, the runtime that serves it, in a process of its own. */
public final class LlamaSpeaker implements Speaker {
  private final LlamaProcess llama;
  private final Voice voice;
  private final Loading loading;
  private final String file;
  private final String description;

  private LlamaSpeaker(
      LlamaProcess llama, Voice voice, Loading loading, String file, String description) {
    this.llama = llama;
    this.voice = voice;
    this.loading = loading;
    this.file = file;
    this.description = description;
  }

  /** Loads {@code gguf} in {@code build}. */
  public static LlamaSpeaker load(LlamaBuild build, Path gguf, Voice voice, Loading loading) {
    LlamaProcess llama = build.start();
    try {
      ModelSummary model = llama.load(gguf, loading);
      return new LlamaSpeaker(
          llama, voice, loading, String.valueOf(gguf.getFileName()), model.description());
    } catch (RuntimeException e) {
      llama.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "%s (%s) in llama.cpp".formatted(file, description);
  }

  /** The end of a description such as {@code phi3 3B Q4_K - Medium}, whose size may be missing. */
  @Override
  public String weights() {
    return description.replaceFirst("^\\S+ (?:\\S*[0-9][KMBT] )?", "");
  }

  @Override
  public int contextTokens() {
    return loading.contextTokens();
  }

  @Override
  public int parallel() {
    return loading.rows();
  }

  @Override
  public int count(List<ChatMessage> conversation) {
    return llama.tokenize(voice.prompt(conversation), true).length;
  }

  @Override
  public List<Reply> answer(
      List<List<ChatMessage>> conversations, Answering how, Listener listener, StopButton stop) {
    long started = System.nanoTime();
    List<int[]> prompts =
        conversations.stream().map(each -> llama.tokenize(voice.prompt(each), true)).toList();
    int kept =
        llama.begin(
            prompts,
            new GenerateOptions(
                how.maxTokens(), how.temperature(), how.topP(), how.seed(), List.of()));
    List<Line> lines =
        IntStream.range(0, prompts.size())
            .mapToObj(i -> line(i, prompts.get(i).length, kept, listener, started))
            .toList();
    Map<Integer, StoppedBy> ended = new HashMap<>();
    List<Integer> dropped = List.of();
    while (ended.size() < lines.size() && !stop.isPressed()) {
      List<Written> step = llama.advance(dropped);
      dropped = new ArrayList<>();
      for (Written written : step) {
        hear(written, lines.get(written.row()), ended, dropped);
      }
    }
    return IntStream.range(0, lines.size())
        .mapToObj(i -> lines.get(i).utterance.reply(ended.getOrDefault(i, StoppedBy.PERSON)))
        .toList();
  }

  private static void hear(
      Written written, Line line, Map<Integer, StoppedBy> ended, List<Integer> dropped) {
    line.utterance.sampled();
    if (written.ended() != StopReason.END_OF_GENERATION) {
      line.utterance.said(line.text.add(written.bytes()));
    }
    if (written.ended() != null) {
      ended.put(written.row(), stoppedBy(written.ended()));
    } else if (line.utterance.isOver()) {
      ended.put(written.row(), StoppedBy.MODEL);
      dropped.add(written.row());
    }
  }

  private static StoppedBy stoppedBy(StopReason reason) {
    return switch (reason) {
      case END_OF_GENERATION, STOP_TEXT -> StoppedBy.MODEL;
      case MAX_TOKENS -> StoppedBy.LENGTH;
      case CONTEXT_FULL -> StoppedBy.CONTEXT;
    };
  }

  private Line line(int index, int tokens, int kept, Listener listener, long started) {
    return new Line(
        new Utterance(index, tokens, tokens - kept, voice.cleaner(), listener, started),
        new Utf8Text());
  }

  /** A row and its text. */
  private record Line(Utterance utterance, Utf8Text text) {}

  @Override
  public Footprint footprint() {
    return Footprint.ofProcess(llama.processId());
  }

  @Override
  public void close() {
    llama.close();
  }
}
