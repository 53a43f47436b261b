package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {
  @ParameterizedTest
  @ValueSource(strings = {"sft", "dpo", "preferences", "evaluate", "pretrain"})
  void everyJobStandsAfterThoseItNeeds(String job) {
    Set<String> before = new HashSet<>();
    for (PipelineJob next : Chain.of(job)) {
      assertThat(before).as(next.name()).containsAll(next.needs());
      before.add(next.name());
    }
  }

  @Test
  void preferencesAreHeldAgainstTheModelTheyStartedFrom() {
    List<String> names = Chain.of("dpo").stream().map(PipelineJob::name).toList();
    assertThat(names.subList(names.indexOf("dpo"), names.size()))
        .containsExactly("dpo", "package", "evaluate", "package", "evaluate", "release", "plan");
  }

  @Test
  void whatRunSftJudgedRunDpoFindsDone() {
    List<PipelineJob> sft = Chain.of("sft");
    List<PipelineJob> dpo = Chain.of("dpo");
    for (String job : List.of("package", "evaluate")) {
      assertThat(first(dpo, job).needs()).isEqualTo(first(sft, job).needs());
    }
  }

  private static PipelineJob first(List<PipelineJob> chain, String job) {
    return chain.stream().filter(one -> one.name().equals(job)).findFirst().orElseThrow();
  }
}
