package dev.pipeline.evaluate.suite;

import dev.pipeline.data.text.Words;
import java.util.List;
import java.util.Optional;

/** At least one thing the supplier waits for is spoken of. */
final class OutstandingAskRule implements TaskRule {
  @Override
  public String name() {
    return "ask";
  }

  @Override
  public String sentence() {
    return "At least one outstanding ask is addressed: a word of the answer begins with one of the"
        + " ask's words.";
  }

  @Override
  public Optional<String> check(NegotiationTask task, String answer) {
    List<String> words = Words.of(answer);
    boolean addressed =
        task.asks().stream()
            .flatMap(ask -> ask.words().stream())
            .map(Words::fold)
            .anyMatch(begin -> words.stream().anyMatch(word -> word.startsWith(begin)));
    return addressed
        ? Optional.empty()
        : Optional.of(
            "addresses none of "
                + String.join("; ", task.asks().stream().map(NegotiationTask.Ask::ask).toList()));
  }

  @Override
  public List<Example> examples() {
    NegotiationTask coil = ExampleTasks.coil(Mood.FIRM);
    return List.of(
        Example.pass(coil, "Thank you for the figures. Could you share the index behind them?"),
        Example.pass(coil, "I see the pressure. Are the payment terms open to a trade?"),
        Example.fail(coil, "I see the pressure. Could we speak on Thursday?"),
        Example.fail(coil, "I see the pressure. That is indecent."));
  }
}
