package dev.pipeline.data.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Source;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FamilySplitTest {
  @Test
  void holdsOutWholeFamiliesAsCloseToTheShareAsTheyAllow() {
    List<Sample> samples = new ArrayList<>();
    for (int family = 0; family < 12; family++) {
      for (int row = 0; row < 7 + family; row++) {
        samples.add(sample("f" + family + "-" + row, "family-" + family, "text " + samples.size()));
      }
    }
    FamilySplit.Split split = FamilySplit.split(samples, 0.1, 17);
    assertThat(split.validation()).hasSize((int) Math.round(samples.size() * 0.1));
    assertThat(split.train()).hasSize(samples.size() - split.validation().size());
    Set<String> trained = split.train().stream().map(Sample::family).collect(Collectors.toSet());
    assertThat(split.validation()).extracting(Sample::family).doesNotContainAnyElementsOf(trained);
    assertThat(FamilySplit.split(samples, 0.1, 17)).isEqualTo(split);
    assertThat(LongStream.range(18, 40).mapToObj(seed -> FamilySplit.split(samples, 0.1, seed)))
        .anySatisfy(other -> assertThat(other.heldOut()).isNotEqualTo(split.heldOut()));
  }

  @Test
  void aRowWithoutFamilyFollowsWhatItIsLike() {
    String text = "You froze the whole invoice over nine noisy bearings worth less than a lunch";
    List<Sample> samples = new ArrayList<>();
    samples.add(sample("named", "bearings", text));
    samples.add(sample("unnamed", "", text.replace("noisy", "loud").replace("whole", "entire")));
    for (int i = 0; i < 10; i++) {
      samples.add(sample("alone" + i, "", "quite other words number " + i + " without likeness"));
    }
    for (int seed = 0; seed < 20; seed++) {
      List<String> held =
          FamilySplit.split(samples, 0.3, seed).validation().stream().map(Sample::id).toList();
      assertThat(held.contains("named")).isEqualTo(held.contains("unnamed"));
    }
  }

  @Test
  void aSingleFamilyCannotBeSplit() {
    List<Sample> samples = List.of(sample("a", "only", "x"), sample("b", "only", "y"));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> FamilySplit.split(samples, 0.1, 17))
        .withMessageContaining("one scenario family");
  }

  private static Sample sample(String id, String family, String text) {
    return new Sample(
        id, family, text, "Round: 1", text, new Source("a", 1, id, 1), Approval.pending());
  }
}
