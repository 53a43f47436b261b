package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.jobs.Examination.State;
import dev.pipeline.torch.CudaPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private static final CudaPieces NO_DRIVER = new CudaPieces(false, "", false, false);
  private static final CudaPieces NO_LIBTORCH = new CudaPieces(true, "", false, false);
  private static final CudaPieces CPU_LIBTORCH = new CudaPieces(true, "/opt/torch", false, true);
  private static final CudaPieces ALL = new CudaPieces(true, "/opt/torch", true, true);

  @TempDir Path folder;

  @Test
  void aGpuThatPyTorchSeesIsFine() {
    assertThat(Doctor.cuda(2, ALL, "cuda").detail()).isEqualTo("2 GPUs");
  }

  @Test
  void withoutAGpuOnlyAskingForOneFails() {
    assertThat(Doctor.cuda(0, NO_DRIVER, "auto").state()).isEqualTo(State.OK);
    Examination asked = Doctor.cuda(0, NO_DRIVER, "cuda");
    assertThat(asked.state()).isEqualTo(State.FAIL);
    assertThat(asked.detail()).contains("no NVIDIA driver");
    assertThat(asked.exitCode().status()).isEqualTo(3);
  }

  @Test
  void namesThePieceThatIsMissingAndBothWaysToGetIt() {
    Examination found = Doctor.cuda(0, NO_LIBTORCH, "auto");
    assertThat(found.state()).isEqualTo(State.WARN);
    assertThat(found.detail()).contains("no CUDA build of libtorch 2.7.1");
    assertThat(found.fix()).contains("PYTORCH_LIBRARY_PATH", "-Dai.djl.offline=false", "cu128");
    assertThat(Doctor.cuda(0, CPU_LIBTORCH, "auto").detail())
        .isEqualTo("PYTORCH_LIBRARY_PATH, /opt/torch, holds no libtorch_cuda.so");
    assertThat(Doctor.cuda(0, ALL, "auto").fix()).contains("nvidia-smi");
  }

  @Test
  void looksIntoTheFolderThatTheEnvironmentNames() throws IOException {
    Map<String, String> environment =
        Map.of("PYTORCH_LIBRARY_PATH", folder.toString(), "PYTORCH_FLAVOR", "cu128");
    assertThat(CudaPieces.find(environment).cudaLibrary()).isFalse();
    Files.createFile(folder.resolve("libtorch_cuda.so"));
    assertThat(CudaPieces.find(environment).cudaLibrary()).isTrue();
    assertThat(CudaPieces.find(environment).download()).isFalse();
    assertThat(CudaPieces.find(Map.of()).libraryPath()).isEmpty();
  }

  @Test
  void readsTheProcessorsFlags() {
    assertThat(
            Machine.bfloat16Units(Stream.of("model name : x", "flags\t: fpu avx512_bf16 amx_bf16")))
        .containsExactly("amx_bf16", "avx512_bf16");
    assertThat(Machine.bfloat16Units(Stream.of("flags : fpu avx2"))).isEmpty();
  }
}
