package dev.pipeline.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GrammarTest {
  @Test
  void remembersWhatIsMarkedAndDrawsTheRestAfresh() {
    Grammar grammar = parse("[start]", "{@fruit} {@fruit} {@fruit:2}", "[fruit]", "fig", "plum");

    assertThat(texts(grammar)).containsExactlyInAnyOrder("fig fig plum", "plum plum fig");
  }

  @Test
  void capitalisesAndPutsTheArticle() {
    Grammar grammar = parse("[start]", "{thing.a.cap}", "[thing]", "hour", "unit", "index", "lot");

    assertThat(texts(grammar)).containsExactlyInAnyOrder("An hour", "A unit", "An index", "A lot");
  }

  @Test
  void choosesInPlaceAndNests() {
    Grammar grammar = parse("[start]", "we (can|might (not|well)) go\\nnow");

    assertThat(texts(grammar))
        .containsExactlyInAnyOrder(
            "we can go\nnow", "we might not go\nnow", "we might well go\nnow");
  }

  @Test
  void drawsInProportionToTheWeight() {
    Grammar grammar = parse("[start]", "99* often", "seldom");
    SplittableRandom random = new SplittableRandom(1);

    long often =
        IntStream.range(0, 1000)
            .filter(i -> new Expansion(grammar, random).expand("start").equals("often"))
            .count();

    assertThat(often).isBetween(970L, 999L);
  }

  @Test
  void doesNotRepeatAnAlternativeWhileOthersAreLeft() {
    Grammar grammar = parse("[start]", "{pick}{pick}{pick}", "[pick]", "a", "b", "c");

    assertThat(texts(grammar)).contains("abc", "cba").doesNotContain("aaa");
  }

  @Test
  void aLayerReplacesOrAdds() {
    Grammar base = parse("[start]", "{kind} {size}", "[kind]", "x", "[size]", "small");
    Grammar layer = parse("[kind]", "y", "[+size]", "large");

    assertThat(texts(base.with(layer))).containsExactlyInAnyOrder("y small", "y large");
  }

  @Test
  void anUndefinedSymbolNamesFileAndLine() {
    Grammar grammar = parse("[start]", "fine", "a {missing} one");

    assertRefused(() -> grammar.checked("start"), "test.grammar:3 uses {missing}");
  }

  @Test
  void aSymbolWithoutAlternativesIsRefused() {
    Grammar grammar = parse("[start]", "{empty}", "[empty]");

    assertRefused(() -> grammar.checked("start"), "test.grammar:2 uses {empty}");
  }

  @Test
  void aCycleNamesItsPath() {
    Grammar grammar = parse("[start]", "{loop}", "[loop]", "round (and {start}|once)");

    assertRefused(
        () -> grammar.checked("start"), "test.grammar:4 closes a cycle: start > loop > start");
  }

  @Test
  void malformedLinesNameFileAndLine() {
    assertRefused(() -> parse("text first"), "test.grammar:1 has an alternative before");
    assertRefused(() -> parse("[a]", "x", "[a]", "y"), "test.grammar:3 defines [a] a second time");
    assertRefused(() -> parse("[a]", "open {brace"), "test.grammar:2 has a '{'");
    assertRefused(() -> parse("[a]", "open (choice|x"), "test.grammar:2 has a '(' without");
    assertRefused(() -> parse("[a]", "stray | bar"), "test.grammar:2 has a stray '|'");
    assertRefused(() -> parse("[a]", "{a.loud}"), "test.grammar:2 has the unknown modifier .loud");
  }

  private static Grammar parse(String... lines) {
    return new GrammarParser("test.grammar").parse(List.of(lines));
  }

  private static Set<String> texts(Grammar grammar) {
    SplittableRandom random = new SplittableRandom(7);
    return IntStream.range(0, 200)
        .mapToObj(i -> new Expansion(grammar.checked("start"), random).expand("start"))
        .collect(Collectors.toSet());
  }

  private static void assertRefused(ThrowingCallable action, String reason) {
    assertThatThrownBy(action).isInstanceOf(Failure.class).hasMessageStartingWith(reason);
  }
}
