package dev.pipeline.evaluate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.metric.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifiedToxicityTest {
  private final Inspector classifier =
      new ClassifiedToxicity("bert", 0.5, text -> text.length() / 10.0);

  @Test
  void countsFromItsThresholdOn() {
    assertThat(classifier.inspect("four")).isEmpty();
    assertThat(classifier.inspect("five!"))
        .containsExactly(new Finding("toxic-classifier", "bert gives it 0.50"));
  }

  @Test
  void doesNotAskAboutNothing() {
    assertThat(new ClassifiedToxicity("bert", 0, text -> 1).inspect(" ")).isEmpty();
  }

  @Test
  void standsBesideTheList() {
    Inspector both = Inspector.all(List.of(new Toxicity(), classifier));
    assertThat(both.inspect("idiot"))
        .extracting(Finding::rule)
        .containsExactly("toxic", "toxic-classifier");
    assertThat(both.inspect("no")).isEmpty();
    assertThat(both.inspect("perfectly"))
        .extracting(Finding::rule)
        .containsExactly("toxic-classifier");
  }
}
