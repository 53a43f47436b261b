package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of {@code scripts/soak/release.sh}. */
@Tag("e2e")
class ReleaseSoakTest {
  @TempDir Path folder;

  @Test
  void killedAnywhereOneReleaseServesEntirely() throws Exception {
    ReleaseSoak soak = new ReleaseSoak(folder, 8);
    String found = soak.run(8);
    assertThat(soak.faults()).as(found).isZero();
  }
}
