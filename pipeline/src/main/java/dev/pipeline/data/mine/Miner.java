package dev.pipeline.data.mine;

import dev.pipeline.data.Conversation;
import dev.pipeline.data.Rejected;
import dev.pipeline.data.RoundState;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Source;
import dev.pipeline.data.Turn;
import dev.pipeline.data.Turn.Speaker;
import dev.pipeline.data.read.ConversationReader;
import dev.pipeline.data.read.RawLine;
import dev.pipeline.data.read.Reading;
import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.NameCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns a raw line into rows, one for each buyer reply that answers a supplier's message. Pure, so
 * that a chunk of lines can be mined again after a crash with the same result.
 */
public final class Miner {
  /** Version of the mining rules, part of every dataset's identity. */
  public static final String VERSION = "mine-1";

  /** Reason code of a conversation in which the buyer answers nothing. */
  public static final String NO_REPLY = "no-reply";

  private final NameCollector names;

  /** A miner that takes {@code personas} for no person's name. */
  public Miner(Set<String> personas) {
    this.names = new NameCollector(personas);
  }

  /** The rows of one raw line. */
  public MineOutcome mine(RawLine line) {
    Reading reading = ConversationReader.read(line);
    if (reading instanceof Reading.Understood understood) {
      return mine(understood.conversation(), line);
    }
    return new MineOutcome(List.of(), List.of(((Reading.Unreadable) reading).rejected()));
  }

  private MineOutcome mine(Conversation conversation, RawLine line) {
    List<Sample> samples = samples(conversation);
    if (samples.isEmpty()) {
      String detail = "no buyer reply follows a supplier message";
      return new MineOutcome(
          List.of(), List.of(Rejected.line(NO_REPLY, detail, conversation.source(), line.text())));
    }
    List<String> texts = conversation.turns().stream().map(Turn::text).toList();
    Identities identities =
        new Identities(names.collect(conversation.people(), texts), conversation.companies());
    return new MineOutcome(
        samples.stream().map(sample -> new MinedItem(sample, identities)).toList(), List.of());
  }

  private static List<Sample> samples(Conversation conversation) {
    List<Sample> samples = new ArrayList<>();
    List<Turn> earlier = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    List<Turn> pending = new ArrayList<>();
    for (Turn turn : conversation.turns()) {
      if (turn.speaker() == Speaker.BUYER && !asked.isEmpty()) {
        int number = samples.size() + 1;
        Source source = conversation.source();
        samples.add(
            new Sample(
                conversation.id() + "/" + number,
                conversation.family(),
                String.join("\n", asked),
                context(turn.state(), earlier),
                turn.text(),
                source.reply(conversation.id(), number),
                conversation.approval()));
        asked.clear();
      } else if (turn.speaker() == Speaker.SUPPLIER) {
        asked.add(turn.text());
      }
      pending.add(turn);
      if (asked.isEmpty()) {
        earlier.addAll(pending);
        pending.clear();
      }
    }
    return samples;
  }

  /** Round, sentiment and asks, then what was said before, one turn a line. */
  public static String context(RoundState state, List<Turn> earlier) {
    StringBuilder context = new StringBuilder();
    context.append("Round: ").append(state.round());
    context.append("\nSupplier sentiment: ").append(state.sentiment());
    if (!state.asks().isEmpty()) {
      context.append("\nOutstanding asks: ").append(String.join("; ", state.asks()));
    }
    if (!earlier.isEmpty()) {
      context.append('\n').append(EARLIER);
      for (Turn turn : earlier) {
        String said = StyleNormaliser.strip(turn.text()).replaceAll("\\s+", " ");
        context.append('\n').append(turn.speaker().label()).append(": ").append(said);
      }
    }
    return context.toString();
  }

  /** The line that opens the earlier turns in a context. */
  public static final String EARLIER = "Earlier:";
}
