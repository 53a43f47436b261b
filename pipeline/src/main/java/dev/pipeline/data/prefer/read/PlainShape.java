package dev.pipeline.data.prefer.read;

import dev.pipeline.data.Turn.Speaker;
import dev.pipeline.data.mine.Miner;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.read.Fields;
import dev.pipeline.data.read.MalformedLine;
import dev.pipeline.data.read.RawLine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code {"prompt","chosen","rejected"}}, as other tools write it: each a text, a message or a list
 * of messages. Earlier messages become context. The prompt may be called {@code conversations}, or
 * stand before either answer instead; the rest may be missing.
 */
final class PlainShape implements PairShape {
  private static final List<String> PROMPTS = List.of("prompt", "conversations");

  @Override
  public boolean recognises(Fields fields) {
    return Stream.of("prompt", "conversations", "chosen", "rejected", "completion")
        .anyMatch(fields::has);
  }

  @Override
  public List<RawPair> read(Fields fields, RawLine line) {
    if (fields.has("completion") && !fields.has("chosen")) {
      throw new MalformedLine(
          "'completion' is one answer that 'label' rates; a pair needs two answers to one message, as"
              + " 'prompt', 'chosen' and 'rejected'");
    }
    Messages chosen = Messages.of(fields, "chosen", Speaker.BUYER);
    Messages rejected = Messages.of(fields, "rejected", Speaker.BUYER);
    String better = chosen.last(Speaker.BUYER);
    String worse = rejected.last(Speaker.BUYER);
    Messages prompt = prompt(fields, chosen.before(), rejected.before());
    String id = fields.has("id") ? fields.text("id") : line.file() + ":" + line.number();
    PreferencePair pair =
        new PreferencePair(
            id,
            fields.textOrEmpty("family"),
            prompt.last(Speaker.SUPPLIER),
            context(fields.textOrEmpty("context"), prompt.earlier()),
            better,
            worse,
            fields.textOrEmpty("rationale"),
            fields.textOrEmpty("failure_mode"),
            line.source().reply(id, 1));
    return List.of(RawPair.synthetic(pair, origin(fields)));
  }

  /**
   * Where both answers repeat what was said before, it must be the same, and that of the prompt.
   */
  private static Messages prompt(Fields fields, Messages chosen, Messages rejected) {
    if (!chosen.list().equals(rejected.list())) {
      throw fields.wrong("rejected", "an answer to the same messages as 'chosen'");
    }
    Optional<String> key = PROMPTS.stream().filter(fields::has).findFirst();
    if (key.isEmpty() && !chosen.list().isEmpty()) {
      return chosen;
    }
    Messages prompt = Messages.of(fields, key.orElse("prompt"), Speaker.SUPPLIER);
    if (!chosen.list().isEmpty() && !chosen.list().equals(prompt.list())) {
      throw fields.wrong("chosen", "an answer to the messages in '" + prompt.key() + "'");
    }
    return prompt;
  }

  private static String context(String context, String earlier) {
    return Stream.of(context, earlier.isEmpty() ? "" : Miner.EARLIER + "\n" + earlier)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static Origin origin(Fields fields) {
    String word = fields.has("origin") ? fields.text("origin") : Origin.PAIR.word();
    return Origin.of(word).orElseThrow(() -> fields.wrong("origin", "one of " + Origin.words()));
  }
}
