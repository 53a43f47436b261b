package dev.pipeline.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Evaluations;
import dev.pipeline.evaluate.gate.Bound;
import dev.pipeline.evaluate.gate.Gate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Evaluation EVALUATION = Evaluations.good();

  private static final List<Bound> BOUNDS =
      List.of(
          Bound.of("holdout_loss", "gain_share", 0.2),
          Bound.of("style_pass_rate", "gain", 0.3),
          Bound.of("length_p90", "below", 160),
          Bound.of("ends_by_itself", "at_least", 0.95),
          Bound.of("leak_rate", "at_most", 0));

  private final Page page = Page.parse(render(BOUNDS, training()));

  @Test
  void namesTheRunAndWhatMadeIt() {
    assertThat(page.texts("//h1")).containsExactly("joshi <1>");
    assertThat(page.texts("//dl//dd")).contains("negotiation c0ffee", "360", "12", "ab".repeat(32));
  }

  @Test
  void showsTheVerdictWithEveryBound() {
    assertThat(page.texts("//*[contains(@class,'verdict good')]")).hasSize(1);
    assertThat(page.texts("//li[contains(@class,'tile good')]"))
        .hasSize(5)
        .contains("Hold-out loss against the base 50.0 % lower ✓ holds at least 20.0 % lower");
  }

  @Test
  void warnsOfDataThatAreNotToBeShared() {
    assertThat(page.texts("//main/*[1]")).containsExactly("CONTROL DATA.");
  }

  @Test
  void saysWhichBoundsFail() {
    List<Bound> strict = new ArrayList<>(BOUNDS);
    strict.set(0, Bound.of("holdout_loss", "gain_share", 0.9));
    Page failed = Page.parse(render(strict, training()));
    assertThat(failed.texts("//*[contains(@class,'verdict bad')]"))
        .containsExactly("Failed. Nothing is published: 1 of 5 bounds do not hold.");
    assertThat(failed.texts("//section[1]/ul/li"))
        .containsExactly(
            "Hold-out loss against the base 50.0 % lower ✗ fails at least 90.0 % lower");
    assertThat(failed.texts("//section[1]/details/summary")).containsExactly("Bounds that hold: 4");
    assertThat(failed.texts("//section[1]/details//li[contains(@class,'good')]")).hasSize(4);
  }

  @Test
  void saysWhatIsWorseAlthoughNoBoundForbidsIt() {
    assertThat(page.texts("//section[1]")).noneMatch(gate -> gate.contains("Worse"));
    Gate lenient = new Gate(List.of(Bound.of("length_p90", "below", 500)));
    Evaluation bad = Evaluations.bad();
    Page passed = Page.parse(new Report(10).render(facts(), bad, lenient.judge(bad), training()));
    assertThat(passed.texts("//section[1]/p[2]"))
        .singleElement(STRING)
        .startsWith("Worse than Base, but no bound forbids it: Hold-out loss (+1.000), ")
        .contains("Leak rate (+100.0 points)");
  }

  @Test
  void tabulatesEveryMetricWithIntervalAndCount() {
    assertThat(page.texts("//table[@class='metrics']/tbody/tr")).hasSize(25);
    assertThat(page.texts("//table[@class='metrics']/tbody/tr[6]/td"))
        .containsExactly(
            "0.0 %0.0 % to 24.2 %n = 12",
            "100.0 %75.8 % to 100.0 %n = 12",
            "+100.0 points better+65.7 points to +100.0 pointsn = 12");
  }

  @Test
  void drawsEveryCurveAndDescribesIt() {
    assertThat(page.texts("//figure/h3")).containsExactly("Loss", "Learning rate", "Answer length");
    assertThat(page.texts("//figure/*[local-name()='svg']/@aria-label"))
        .isEqualTo(page.texts("//figure/figcaption"))
        .contains(
            "Loss by training step; training from 4.000 to 2.000; validation from 4.100 to 3.100.");
    assertThat(page.texts("//figure[1]//*[contains(@class,'curve')]/@d")).hasSize(2);
    assertThat(page.texts("//*[local-name()='rect']/*[local-name()='title']"))
        .contains("Base: 12 answers of 160 to 179 tokens");
  }

  @Test
  void saysWhenNothingWasTrainedHere() {
    Page untrained = Page.parse(render(BOUNDS, Training.of(TrainingLog.none())));
    assertThat(untrained.texts("//figure/h3")).containsExactly("Answer length");
    assertThat(untrained.texts("//section[@aria-labelledby='charts']/p")).hasSize(1);
  }

  @Test
  void samplesTenRowsWithBothAnswersEscaped() {
    assertThat(page.texts("//article")).hasSize(10);
    String first = page.texts("//article[1]/h3").get(0);
    String lot = first.replace("row-", "lot ");
    assertThat(page.texts("//article[1]/p"))
        .containsExactly("Is <script>" + lot + "</script> fine?");
    assertThat(page.texts("//article[1]//div[@class='side two']/p[1]"))
        .containsExactly("We <b>agree</b> & split " + lot + ".");
    assertThat(page.texts("//article[1]//div[@class='side one']//span"))
        .containsExactly("160 tokens", "cut off", "greeting", "email");
    assertThat(page.texts("//script | //b[text()='agree']")).isEmpty();
  }

  @Test
  void listsBrokenRules() {
    assertThat(page.texts("//section[@aria-labelledby='findings']//tbody/tr"))
        .containsExactly("greeting120");
  }

  @Test
  void refersToNothingOutsideItself() {
    assertThat(page.texts("//@src | //@href | //link | //script | //iframe | //img")).isEmpty();
    assertThat(page.texts("//style")).singleElement().asString().doesNotContain("url(", "@import");
  }

  @Test
  void hasEqualBytesForEqualInput(@TempDir Path folder) {
    for (String name : List.of("a.html", "b.html")) {
      new Report(10)
          .write(
              folder.resolve(name),
              facts(),
              Evaluations.good(),
              new Gate(BOUNDS).judge(EVALUATION),
              training());
    }
    assertThat(folder.resolve("a.html")).hasSameBinaryContentAs(folder.resolve("b.html"));
  }

  private static String render(List<Bound> bounds, Training training) {
    return new Report(10).render(facts(), EVALUATION, new Gate(bounds).judge(EVALUATION), training);
  }

  private static RunFacts facts() {
    return new RunFacts(
        "joshi <1>",
        List.of("SFT"),
        "negotiation",
        "c0ffee",
        new TreeMap<>(Map.of("train", 360L, "validation", 12L)),
        new TreeMap<>(),
        new TreeMap<>(Map.of("adapter", "ab".repeat(32))),
        "CONTROL DATA");
  }

  private static Training training() {
    return Training.of(
        new TrainingLog(
            Map.of(
                "loss", points(101, 4, -0.02),
                "eval_loss", List.of(new Point(0, 4.1), new Point(50, 3.5), new Point(100, 3.1)),
                "learning_rate", points(101, 2e-4, -2e-6))));
  }

  private static List<Point> points(int count, double first, double step) {
    return IntStream.range(0, count).mapToObj(i -> new Point(i, first + i * step)).toList();
  }
}
