package dev.pipeline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first inputs of the campaign in {@code scripts/soak/fuzz.sh}. */
class WeightsFuzzTest {
  private static final int INPUTS = 2_000;

  @TempDir Path folder;

  @Test
  void damagedSafetensorsEndInACleanRefusal() throws IOException {
    check(new SafetensorsTarget());
  }

  @Test
  void damagedGgufEndsInACleanRefusal() throws IOException {
    check(new GgufTarget());
  }

  private void check(Target target) throws IOException {
    Fuzzer fuzzer = new Fuzzer(folder).run(target, 1, 0, INPUTS);

    assertThat(fuzzer.findings()).isEmpty();
    assertThat(fuzzer.sawBoth()).as(fuzzer.toString()).isTrue();
  }
}
