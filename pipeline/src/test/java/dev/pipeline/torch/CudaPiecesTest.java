package dev.pipeline.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaPiecesTest {
  private static final String CPU_CACHE = "/home/a/.djl.ai/pytorch/2.7.1-20250812-cpu-linux-x86_64";
  private static final String CUDA_CACHE = "/home/a/.djl.ai/pytorch/2.7.1-cu128-linux-x86_64";

  @TempDir Path folder;
  private Path lib;

  @BeforeEach
  void aPyTorch() throws IOException {
    lib = Files.createDirectories(folder.resolve("torch/lib"));
  }

  @Test
  void aGpuThatIsSeenLacksNothing() {
    assertThat(new CudaPieces(false, false, Optional.empty(), "").missing(1, CPU_CACHE)).isEmpty();
  }

  @Test
  void theDriverComesFirst() {
    assertThat(piece(new CudaPieces(false, false, Optional.empty(), ""), CPU_CACHE))
        .isEqualTo("no NVIDIA driver on this machine");
  }

  @Test
  void aDriverWithoutACudaBuildIsToldBothWaysToOne() {
    CudaPieces.Missing missing =
        new CudaPieces(true, true, Optional.empty(), "").missing(0, CPU_CACHE).orElseThrow();
    assertThat(missing.piece()).contains("no CUDA build of libtorch 2.7.1");
    assertThat(missing.fix())
        .contains("PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR=cu128 DJL_OFFLINE=false");
  }

  @Test
  void theCpuBuildOnTheClassPathWinsOverADownload() {
    assertThat(piece(new CudaPieces(true, true, Optional.empty(), "cu128"), CPU_CACHE))
        .endsWith("the CPU build on the class path was loaded first");
  }

  @Test
  void thereIsOneFlavorForCuda() {
    assertThat(piece(new CudaPieces(true, true, Optional.empty(), "cu121"), CPU_CACHE))
        .isEqualTo("PYTORCH_FLAVOR is cu121, DJL has cpu and cu128");
  }

  @Test
  void aPathWithoutPyTorchIsPassedOverByDjl() {
    assertThat(piece(own(""), CPU_CACHE))
        .endsWith("holds no libtorch.so, so that the CPU build was loaded");
  }

  @Test
  void aCpuBuildOfPyTorchIsToldApart() throws IOException {
    Files.createFile(lib.resolve("libtorch.so"));
    assertThat(piece(own("cu128"), lib.toString())).endsWith("it holds no libtorch_cuda.so");
  }

  @Test
  void anotherReleaseOfPyTorchIsToldApart() throws IOException {
    cudaBuild();
    Files.writeString(folder.resolve("torch/version.py"), "x = 1\n__version__ = '2.8.0+cu128'\n");
    assertThat(piece(own("cu128"), lib.toString()))
        .endsWith("is PyTorch 2.8.0+cu128, DJL is built for 2.7.1");
    Files.writeString(folder.resolve("torch/build-version"), "2.6.0+cu124\n");
    assertThat(piece(own("cu128"), lib.toString())).contains("is PyTorch 2.6.0+cu124");
  }

  @Test
  void anOwnPyTorchNeedsItsFlavor() throws IOException {
    cudaBuild();
    assertThat(piece(own(""), lib.toString()))
        .isEqualTo("PYTORCH_FLAVOR is not set, DJL has cpu and cu128");
  }

  @Test
  void djlCountsGpusByTheCudaRuntime() {
    assertThat(piece(new CudaPieces(true, false, Optional.empty(), "cu128"), CUDA_CACHE))
        .contains("no libcudart");
  }

  @Test
  void afterAllThatItIsTheDriverOrTheEnvironment() throws IOException {
    cudaBuild();
    Files.writeString(folder.resolve("torch/build-version"), "2.7.1+cu128\n");
    CudaPieces all = new CudaPieces(true, true, own("cu128").own(), "cu128");
    assertThat(piece(all, lib.toString())).contains("PyTorch sees no GPU");
    assertThat(all.missing(0, lib.toString()).orElseThrow().fix())
        .contains("nvidia-smi", "CUDA_VISIBLE_DEVICES");
  }

  @Test
  void namesWhatKeepsPyTorchFromStarting() throws IOException {
    assertThat(own("cu128").startFix().orElseThrow()).contains("PYTORCH_LIBRARY_PATH");
    cudaBuild();
    assertThat(own("").startFix().orElseThrow()).startsWith("set PYTORCH_FLAVOR=cu128");
    assertThat(own("cu128").startFix()).isEmpty();
    assertThat(new CudaPieces(true, true, Optional.empty(), "cu128").startFix().orElseThrow())
        .contains("DJL_OFFLINE=false");
    assertThat(new CudaPieces(true, true, Optional.empty(), "").startFix()).isEmpty();
  }

  @Test
  void takesTheFirstFolderThatFitsOrTheLibraryItself() throws IOException {
    cudaBuild();
    assertThat(OwnPyTorch.in(folder + ":" + lib).cuda()).isTrue();
    assertThat(OwnPyTorch.in(lib.resolve("libtorch.so").toString()).cuda()).isTrue();
    assertThat(CudaPieces.find(Map.of()).own()).isEmpty();
  }

  private void cudaBuild() throws IOException {
    Files.createFile(lib.resolve("libtorch.so"));
    Files.createFile(lib.resolve("libtorch_cuda.so"));
  }

  private CudaPieces own(String flavor) {
    Map<String, String> environment =
        Map.of("PYTORCH_LIBRARY_PATH", lib.toString(), "PYTORCH_FLAVOR", flavor);
    return new CudaPieces(true, true, CudaPieces.find(environment).own(), flavor);
  }

  private static String piece(CudaPieces pieces, String libraries) {
    return pieces.missing(0, libraries).orElseThrow().piece();
  }
}
