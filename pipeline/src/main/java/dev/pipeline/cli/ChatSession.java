package dev.pipeline.cli;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.talk.Conversation;
import dev.pipeline.talk.HistoryBounds;
import dev.pipeline.talk.Reply;
import dev.pipeline.talk.StopButton;
import dev.pipeline.talk.StoppedBy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A conversation by lines: questions, and commands that begin with a slash. */
final class ChatSession {
  private static final String PROMPT = "> ";
  private static final String HELP =
      """
      /help     this
      /history  what is remembered
      /reset    forget it
      /quit     end the chat, as Ctrl-D does
      Ctrl-C    stop the answer
      """;

  private final Conversation conversation;
  private final BufferedReader in;
  private final PrintStream out;
  private final boolean interactive;
  private final StopButton stop = new StopButton();
  private volatile boolean answering;

  /**
   * A session.
   *
   * @param conversation made with what hears its notes
   * @param interactive whether a person types, who is to be prompted
   */
  ChatSession(
      Function<Consumer<String>, Conversation> conversation,
      BufferedReader in,
      PrintStream out,
      boolean interactive) {
    this.conversation = conversation.apply(this::note);
    this.in = in;
    this.out = out;
    this.interactive = interactive;
  }

  /** Says whom one talks with. */
  void open(String model, HistoryBounds bounds) {
    note(model);
    note(
        (bounds.used()
                ? "remembers %d turns, within ".formatted(bounds.turnPairs())
                : "remembers nothing; questions and answers within ")
            + bounds.contextTokens()
            + " tokens; /help for more, Ctrl-D to end");
  }

  /** Ctrl-C: ends the answer; between answers, only the line that is being typed. */
  void interrupt() {
    if (answering) {
      stop.press();
    } else if (interactive) {
      out.print("\n(Ctrl-D or /quit ends the chat)\n" + PROMPT);
      out.flush();
    }
  }

  /** Until the input ends or a person has had enough. */
  void run() {
    String line = next();
    while (line != null && !line.equals("/quit")) {
      if (line.startsWith("/")) {
        command(line);
      } else if (!line.isEmpty()) {
        answer(line);
      }
      line = next();
    }
    if (line == null && interactive) {
      out.println();
    }
  }

  private @Nullable String next() {
    if (interactive) {
      out.print(PROMPT);
      out.flush();
    }
    try {
      String line = in.readLine();
      return line == null ? null : line.strip();
    } catch (IOException closed) {
      return null;
    }
  }

  private void command(String line) {
    switch (line) {
      case "/help" -> out.print(HELP);
      case "/reset" -> {
        conversation.reset();
        note("nothing is remembered any more");
      }
      case "/history" -> history(conversation.history());
      default -> note("there is no " + Printable.of(line) + "; /help lists what there is");
    }
    out.flush();
  }

  private void history(List<Conversation.Turn> turns) {
    if (turns.isEmpty()) {
      note("nothing is remembered");
    }
    for (Conversation.Turn turn : turns) {
      out.println(PROMPT + Printable.of(turn.question()));
      out.println(Printable.of(turn.answer()));
    }
  }

  private void answer(String question) {
    answering = true;
    stop.release();
    try {
      Reply reply =
          conversation.ask(
              question,
              (index, piece) -> {
                out.print(Printable.of(piece));
                out.flush();
              },
              stop);
      out.println();
      tellEnd(reply);
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.INFRASTRUCTURE) {
        throw failure;
      }
      note(failure.reason() + "; " + failure.fix());
    } finally {
      answering = false;
    }
  }

  private static String tokens(Reply reply) {
    return reply.tokens() + (reply.tokens() == 1 ? " token" : " tokens");
  }

  private void tellEnd(Reply reply) {
    if (reply.stoppedBy() == StoppedBy.PERSON) {
      note("stopped after " + tokens(reply));
    } else if (reply.stoppedBy() == StoppedBy.LENGTH) {
      note("cut off after " + tokens(reply) + "; --max-tokens allows more");
    } else if (reply.stoppedBy() == StoppedBy.CONTEXT) {
      note("cut off: the context window is full; /reset makes room");
    } else if (reply.answer().isEmpty()) {
      note("the model said nothing");
    }
  }

  private void note(String words) {
    out.println("(" + words + ")");
    out.flush();
  }
}
