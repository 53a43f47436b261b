package dev.pipeline.export.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryCacheTest {
  @TempDir Path folder;

  @Test
  void unpacksOnceAndMendsADamagedCopy() throws IOException {
    NativeLibraryCache cache = new NativeLibraryCache(folder);
    Path file = cache.libraryFile();
    String digest = Hashes.sha256(file);
    assertThat(file.toString()).contains("llama-" + digest.substring(0, 16));

    Files.writeString(file, "cut short");

    assertThat(cache.libraryFile()).isEqualTo(file);
    assertThat(Hashes.sha256(file)).isEqualTo(digest);
    assertThat(file.resolveSibling("")).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void namesTheFolderItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> new NativeLibraryCache(file).libraryFile())
        .withMessageContaining("cannot write " + file);
  }

  @Test
  void saysWhichPackageBringsTheMissingSystemLibrary() {
    Failure failure =
        LlamaNative.cannotLoad(
            "libgomp.so.1: cannot open shared object file: No such file or directory");

    assertThat(failure.reason()).contains("libgomp.so.1");
    assertThat(failure.fix()).contains("apt-get install libgomp1");
  }
}
