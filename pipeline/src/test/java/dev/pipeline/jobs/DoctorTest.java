package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.jobs.Examination.State;
import dev.pipeline.torch.CudaPieces;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static final Optional<CudaPieces.Missing> NO_DRIVER =
      Optional.of(new CudaPieces.Missing(false, "no NVIDIA driver", "install it"));
  private static final Optional<CudaPieces.Missing> NO_LIBTORCH =
      Optional.of(new CudaPieces.Missing(true, "no CUDA build", "get one"));

  @Test
  void aGpuThatPyTorchSeesIsFine() {
    assertThat(
            Doctor.cuda(2, List.of(80_000_000_000L, 40_000_000_000L), Optional.empty(), "cuda")
                .detail())
        .isEqualTo("2 GPUs: 80.0 GB, 40.0 GB");
  }

  @Test
  void withoutAGpuOnlyAskingForOneFails() {
    assertThat(Doctor.cuda(0, List.of(), NO_DRIVER, "auto").state()).isEqualTo(State.PASS);
    for (String device : List.of("cuda", "cuda:0,1")) {
      Examination asked = Doctor.cuda(0, List.of(), NO_DRIVER, device);
      assertThat(asked.state()).isEqualTo(State.FAIL);
      assertThat(asked.detail()).isEqualTo("device: " + device + ", but no NVIDIA driver");
      assertThat(asked.fix()).isEqualTo("install it");
      assertThat(asked.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void aGpuThatCouldBeUsedIsWorthAWord() {
    assertThat(Doctor.cuda(0, List.of(), NO_LIBTORCH, "cpu").state()).isEqualTo(State.WARN);
  }

  @Test
  void readsTheProcessorsFlags() {
    assertThat(
            Machine.bfloat16Units(Stream.of("model name : x", "flags\t: fpu avx512_bf16 amx_bf16")))
        .containsExactly("amx_bf16", "avx512_bf16");
    assertThat(Machine.bfloat16Units(Stream.of("flags : fpu avx2"))).isEmpty();
  }
}
