package dev.pipeline.cli;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.Speakers;
import dev.pipeline.talk.Answering;
import dev.pipeline.talk.ChatEnvironment;
import dev.pipeline.talk.Listener;
import dev.pipeline.talk.Questions;
import dev.pipeline.talk.Reply;
import dev.pipeline.talk.Speaker;
import dev.pipeline.talk.StopButton;
import dev.pipeline.talk.StoppedBy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline ask}: questions from the command line, a file or standard input. */
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a model, and prints its answer word by word.",
      "Several questions are answered side by side, and printed with their numbers."
    })
final class AskCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Parameters(
      arity = "0..*",
      paramLabel = "QUESTION",
      description = "What to ask; - reads one question from standard input.")
  List<String> questions = new ArrayList<>();

  @Mixin TalkOptions talk = new TalkOptions();

  @Option(
      names = "--questions",
      paramLabel = "FILE",
      description = {
        "A file of questions: one a line, or in a .jsonl file objects with prompt (and context)."
      })
  @Nullable Path file;

  @Option(
      names = "--context",
      paramLabel = "TEXT|@FILE",
      description = "What the question is about, written as in training; @FILE reads a file.")
  @Nullable String context;

  @Option(
      names = "--batch-size",
      paramLabel = "COUNT",
      defaultValue = "4",
      description = "Questions to answer side by side. Default: ${DEFAULT-VALUE}")
  int batchSize;

  @Option(names = "--json", description = "Print JSON: an object, or a list for several questions.")
  boolean json;

  AskCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PipelineConfig config = talk.settings.load(List.of(), "evaluate");
    Runs.logTo(config);
    List<Question> asked = Question.all(questions, Optional.ofNullable(file), context());
    Answering answering = talk.answering(config);
    ChatEnvironment environment = new ChatEnvironment(System.getenv());
    if (batchSize < 1) {
      throw Failure.usage("--batch-size is " + batchSize, "give --batch-size at least 1");
    }
    Speakers.Wish wish =
        talk.wish(environment, Math.min(batchSize, asked.size()), Optional.empty());
    try (Speaker speaker = Speakers.open(config, wish, System.getenv())) {
      stop.check();
      StopButton button = new StopButton();
      Interruption.on(List.of("INT", "TERM", "HUP"), button::press);
      List<List<ChatMessage>> conversations =
          asked.stream().map(question -> messages(config, question)).toList();
      boolean streams = asked.size() == 1 && !json;
      List<Reply> replies =
          new Questions(speaker, answering, conversations)
              .answer(streams ? AskCommand::print : Listener.DEAF, button);
      report(speaker.name(), asked, replies);
      if (button.isPressed()) {
        throw Failure.interrupted("stopped before the answer was done", "ask again");
      }
    }
    return ExitCode.OK.status();
  }

  private Optional<String> context() {
    return Optional.ofNullable(context)
        .map(
            text ->
                text.startsWith("@")
                    ? Question.text(InputFile.of("--context", Path.of(text.substring(1))))
                    : text);
  }

  private static List<ChatMessage> messages(PipelineConfig config, Question question) {
    List<ChatMessage> messages = new ArrayList<>();
    String system = config.model().systemPrompt().strip();
    if (!system.isEmpty()) {
      messages.add(ChatMessage.system(system));
    }
    messages.add(NegotiationPrompt.question(question.context(), question.prompt()));
    return messages;
  }

  private static void print(int question, String piece) {
    System.out.print(Printable.of(piece));
    System.out.flush();
  }

  private void report(String model, List<Question> asked, List<Reply> replies) {
    if (json) {
      List<Answered> all = new ArrayList<>();
      for (int i = 0; i < replies.size(); i++) {
        all.add(Answered.of(model, asked.get(i), replies.get(i)));
      }
      System.out.print(Json.pretty(asked.size() == 1 && !all.isEmpty() ? all.get(0) : all));
      return;
    }
    if (asked.size() == 1) {
      System.out.println();
      replies.forEach(AskCommand::tellEnd);
      return;
    }
    for (int i = 0; i < replies.size(); i++) {
      System.out.printf("%d. %s%n", i + 1, Printable.of(asked.get(i).prompt()));
      System.out.println(Printable.of(replies.get(i).answer()));
      tellEnd(replies.get(i));
      System.out.println();
    }
  }

  private static void tellEnd(Reply reply) {
    if (reply.stoppedBy() == StoppedBy.LENGTH) {
      System.err.println("cut off after " + reply.tokens() + " tokens; --max-tokens allows more");
    } else if (reply.stoppedBy() == StoppedBy.CONTEXT) {
      System.err.println("cut off: the context window is full");
    }
  }

  /**
   * What {@code --json} prints.
   *
   * @param tokens of the answer
   */
  record Answered(
      String model,
      String question,
      String answer,
      int promptTokens,
      int tokens,
      StoppedBy stoppedBy,
      Reply.Timings timings) {
    static Answered of(String model, Question question, Reply reply) {
      return new Answered(
          model,
          question.prompt(),
          reply.answer(),
          reply.promptTokens(),
          reply.tokens(),
          reply.stoppedBy(),
          reply.timings());
    }
  }
}
