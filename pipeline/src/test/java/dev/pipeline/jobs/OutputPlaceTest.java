package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPlaceTest {
  @TempDir Path folder;

  @Test
  void looksAtAFolderWithoutMakingIt() {
    OutputPlace place = new OutputPlace("output_dir", folder.resolve("not/yet/there"));
    place.requireWritable();
    assertThat(place.requireFree(1)).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhichSettingNamesADiskThatIsTooFull() {
    OutputPlace place = new OutputPlace("output_dir", folder);
    Failure failure = catchThrowableOfType(Failure.class, () -> place.requireFree(Long.MAX_VALUE));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(failure.reason()).startsWith("output_dir: the disk of " + folder + " has ");
    assertThat(failure.fix()).contains("another disk");
  }

  @Test
  void saysWhatStandsWhereAFolderShould() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    OutputPlace place = new OutputPlace("dataset_dir", file.resolve("datasets"));
    Failure failure = catchThrowableOfType(Failure.class, place::requireWritable);
    assertThat(failure.reason()).startsWith("dataset_dir: ").endsWith(file + " is no folder");
  }
}
