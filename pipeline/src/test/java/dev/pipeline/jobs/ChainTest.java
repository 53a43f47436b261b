package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChainTest {
  @ParameterizedTest
  @EnumSource
  void everyJobStandsAfterThoseItNeeds(Road road) {
    for (String job : Chain.names()) {
      for (boolean only : new boolean[] {false, true}) {
        Set<String> before = new HashSet<>();
        for (PipelineJob next : Chain.of(job, only, road)) {
          assertThat(before).as(next.name()).containsAll(next.needs());
          before.add(next.name());
        }
        assertThat(before).contains(job);
      }
    }
  }

  @Test
  void preferencesAreHeldAgainstTheModelTheyStartedFrom() {
    List<String> titles = titles(Chain.of("dpo", false, Road.SFT));
    assertThat(titles.subList(titles.indexOf("dpo"), titles.size()))
        .containsExactly(
            "dpo",
            "package after SFT",
            "evaluate after SFT",
            "package after DPO",
            "evaluate after DPO",
            "release after DPO",
            "plan after DPO");
  }

  @Test
  void aJobOnBothRoadsIsMeantOnTheOneThatIsFollowed() {
    assertThat(titles(Chain.of("release", false, Road.SFT)))
        .endsWith("package after SFT", "evaluate after SFT", "release after SFT")
        .doesNotContain("dpo");
    assertThat(titles(Chain.of("release", false, Road.DPO)))
        .endsWith("package after DPO", "evaluate after DPO", "release after DPO")
        .contains("dpo", "evaluate after SFT");
  }

  @Test
  void nothingIsRunThatTheJobDoesNotNeed() {
    assertThat(titles(Chain.of("package", true, Road.DPO)))
        .containsExactly("mine", "curate", "sft", "preferences", "dpo", "package after DPO");
    assertThat(titles(Chain.of("sft", true, Road.DPO))).containsExactly("mine", "curate", "sft");
    assertThat(titles(Chain.of("pretrain", false, Road.DPO))).containsExactly("pretrain");
  }

  @Test
  void whatRunSftJudgedRunDpoFindsDone() {
    List<PipelineJob> sft = Chain.of("sft", false, Road.SFT);
    List<PipelineJob> dpo = Chain.of("dpo", false, Road.SFT);
    for (String job : List.of("package", "evaluate")) {
      assertThat(first(dpo, job).needs()).isEqualTo(first(sft, job).needs());
    }
  }

  private static PipelineJob first(List<PipelineJob> chain, String job) {
    return chain.stream().filter(one -> one.name().equals(job)).findFirst().orElseThrow();
  }

  private static List<String> titles(List<PipelineJob> chain) {
    return chain.stream().map(PipelineJob::title).toList();
  }
}
