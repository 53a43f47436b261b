package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.Speakers;
import dev.pipeline.talk.Answering;
import dev.pipeline.talk.ChatEnvironment;
import dev.pipeline.talk.Conversation;
import dev.pipeline.talk.HistoryBounds;
import dev.pipeline.talk.Speaker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline chat}: a conversation in the terminal. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    description = {
      "Talks with a model in the terminal, word by word.",
      "/help lists what may be typed besides questions; Ctrl-C stops an answer, Ctrl-D ends the chat."
    })
final class ChatCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Mixin TalkOptions talk = new TalkOptions();

  @Option(
      names = "--history",
      negatable = true,
      description =
          "Send earlier turns with each question; wins over USE_CHAT_HISTORY. Default: it does.")
  @Nullable Boolean history;

  @Option(
      names = "--max-history",
      paramLabel = "TURNS",
      description = "Most questions with their answers; wins over MAX_CHAT_HISTORY. Default: 10.")
  @Nullable Integer maxHistory;

  @Option(
      names = "--batch-size",
      paramLabel = "TOKENS",
      description = {
        "Tokens of a prompt that llama.cpp or Ollama reads at once: more is faster, fewer leave"
            + " Ctrl-C less to wait for. Default: 512."
      })
  @Nullable Integer batchSize;

  ChatCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PipelineConfig config = talk.settings.load(List.of(), "evaluate");
    Runs.logTo(config);
    ChatEnvironment environment = new ChatEnvironment(System.getenv());
    Answering answering = talk.answering(config);
    HistoryBounds usual = bounds(environment, HistoryBounds.USUAL_CONTEXT_TOKENS);
    Speakers.Wish wish = talk.wish(environment, 1, Optional.ofNullable(batchSize));
    System.err.println("loading " + wish.model().orElse("the released model"));
    try (Speaker speaker = Speakers.open(config, wish, System.getenv())) {
      stop.check();
      HistoryBounds bounds = usual.within(speaker.contextTokens());
      ChatSession session =
          new ChatSession(
              notes ->
                  new Conversation(
                      speaker, config.model().systemPrompt(), bounds, answering, notes),
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
              System.out,
              Terminal.interactive());
      listenToSignals(session, speaker);
      session.open(speaker.name(), bounds);
      session.run();
    }
    return ExitCode.OK.status();
  }

  /** What is given wins over the environment, and that over what is usual. */
  private HistoryBounds bounds(ChatEnvironment environment, int contextTokens) {
    return new HistoryBounds(
        Optional.ofNullable(history).or(environment::usesHistory).orElse(true),
        Optional.ofNullable(maxHistory)
            .or(environment::turnPairs)
            .orElse(HistoryBounds.USUAL_TURN_PAIRS),
        contextTokens);
  }

  private static void listenToSignals(ChatSession session, Speaker speaker) {
    Interruption.on(List.of("INT"), session::interrupt);
    Interruption.on(
        List.of("TERM", "HUP"),
        () -> {
          speaker.close();
          Runtime.getRuntime().halt(ExitCode.INTERRUPTED.status());
        });
  }
}
