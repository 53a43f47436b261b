package dev.pipeline.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Evaluations;
import dev.pipeline.evaluate.gate.Bound;
import dev.pipeline.evaluate.gate.Gate;
import dev.pipeline.evaluate.metric.Proportion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The page of a model that went on from a fine-tuned one. */
class OnwardReportTest {
  private static final Evaluation EVALUATION = Evaluations.onward();

  private final Page page = Page.parse(render());

  @Test
  void theVerdictStandsOnTopWithWhatItIsMeasuredAgainst() {
    assertThat(page.texts("//main/section[1]/p"))
        .containsExactly("Passed. Every bound holds; this model may be published.");
    assertThat(page.texts("//li[contains(@class,'tile good')]"))
        .containsExactly("Leak rate against SFT the same ✓ holds no higher");
  }

  @Test
  void everyMetricHasAColumnAModelAndThePairedDifference() {
    assertThat(page.texts("//h2[@id='metrics']")).containsExactly("Base, SFT and DPO");
    assertThat(page.texts("//table[@class='metrics']/thead/tr/th"))
        .containsExactly("Metric", "Base", "SFT", "DPO", "DPO against SFT");
    assertThat(page.texts("//table[@class='metrics']/tbody/tr[1]/td"))
        .containsExactly(
            "2.0002.000 to 2.000n = 12",
            "1.5001.500 to 1.500n = 12",
            "1.0001.000 to 1.000n = 12",
            "-0.500 better-0.500 to -0.500n = 12");
    assertThat(page.texts("//table[@class='metrics']/tbody/tr[7]/td[4]"))
        .containsExactly("0-24.2 points to +24.2 pointsn = 12");
  }

  @Test
  void rulesAndSuitesCountForEachModel() {
    assertThat(page.texts("//section[@aria-labelledby='findings']//tbody/tr/*"))
        .containsExactly("greeting", "12", "0", "0");
    assertThat(page.texts("//section[@aria-labelledby='suite-redteam']//thead//th"))
        .containsExactly("Group", "Items", "Base", "SFT", "DPO");
  }

  @Test
  void rewardsOfHeldOutPairsHaveIntervals() {
    assertThat(page.texts("//section[@aria-labelledby='pairs']//li"))
        .containsExactly(
            "Reward accuracy, all pairs 90.0 % 82.6 % to 94.5 %, n = 100",
            "Reward accuracy, answers of like length 75.0 % 53.1 % to 88.8 %, n = 20",
            "Reward accuracy, on policy pairs 80.0 % 37.6 % to 96.4 %, n = 5",
            "Mean reward margin 0.250 chosen less rejected");
    assertThat(page.texts("//figure/h3"))
        .containsExactly(
            "Loss", "Rewards, training", "Reward margin", "Reward accuracy", "Answer length");
    assertThat(page.texts("//figure[2]/figcaption"))
        .containsExactly(
            "Rewards, training, by training step; chosen from 0.000 to 0.200; "
                + "rejected from 0.000 to -0.300.");
    assertThat(page.texts("//figure[2]//*[contains(@class,'curve')]/@class"))
        .containsExactly("curve two", "curve three");
    assertThat(page.texts("//figure[3]/figcaption"))
        .containsExactly(
            "Reward margin by training step; training from 0.000 to 0.500; "
                + "validation from 0.100 to 0.300.");
  }

  @Test
  void lengthsAndAnswersOfAllStandBesideEachOther() {
    assertThat(page.texts("//figure[last()]/p/span")).containsExactly("Base", "SFT", "DPO");
    assertThat(page.texts("//article[1]//h4")).containsExactly("Base", "SFT", "DPO", "Reference");
    assertThat(page.texts("//article[1]//div[@class='side three']/p[1]"))
        .containsExactly("We agree, <i>of course</i>, to it.");
    assertThat(page.texts("//i")).isEmpty();
  }

  @Test
  void factsNameTheFileOfEach() {
    assertThat(page.texts("//dl//dt")).contains("Base: base.gguf", "SFT: start.gguf");
    assertThat(page.texts("//dl/div[dt[contains(.,'Preference')]]"))
        .containsExactly("Preference beta0.1", "Preference lossDPO");
    assertThat(page.texts("//main/*[1]/@aria-labelledby")).containsExactly("gate");
  }

  private static String render() {
    Gate gate = new Gate(List.of(Bound.of("leak_rate", "regression", 0)));
    return new Report(4)
        .render(
            new RunFacts(
                "joshi",
                List.of("SFT", "DPO"),
                "negotiation",
                "c0ffee",
                new TreeMap<>(),
                new TreeMap<>(Map.of("Preference loss", "DPO", "Preference beta", "0.1")),
                new TreeMap<>(),
                ""),
            EVALUATION,
            gate.judge(EVALUATION),
            new Training(
                log(),
                Optional.of(
                    HeldOutPairs.of(
                        100, 0.9, 20, 0.75, Map.of("on_policy", Proportion.of(4, 5)), 0.25))),
            Optional.empty());
  }

  private static TrainingLog log() {
    return new TrainingLog(
        Map.of(
            "loss", points(0.693, 0.5),
            "eval_loss", points(0.69, 0.6),
            "rewards/chosen", points(-0.0001, 0.2),
            "rewards/rejected", points(0, -0.3),
            "rewards/margins", points(0, 0.5),
            "eval_rewards/margins", points(0.1, 0.3),
            "rewards/accuracies", points(0.5, 0.9),
            "logps/chosen", points(-10, -9)));
  }

  private static List<Point> points(double first, double last) {
    return List.of(new Point(1, first), new Point(50, last));
  }
}
