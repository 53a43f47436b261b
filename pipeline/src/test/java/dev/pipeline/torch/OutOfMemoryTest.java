package dev.pipeline.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutOfMemoryTest {
  @Test
  void readsWhatTheCpuAllocatorAskedFor() {
    assertThat(
            OutOfMemory.reason(
                new IllegalStateException(
                    "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't"
                        + " allocate memory: you tried to allocate 4200000000 bytes. Error code 12"
                        + " (Cannot allocate memory)")))
        .contains("memory ran out: training asked for 4.20 GB more");
    assertThat(
            OutOfMemory.reason(
                new IllegalStateException(
                    "DefaultCPUAllocator: not enough memory: you tried to allocate 500000000"
                        + " bytes.")))
        .contains("memory ran out: training asked for 0.50 GB more");
  }

  @Test
  void readsWhatCudaHasLeft() {
    assertThat(
            OutOfMemory.reason(
                new IllegalStateException(
                    "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 1 has a total capacity of"
                        + " 39.39 GiB of which 10.06 MiB is free. Including non-PyTorch memory, this"
                        + " process has 39.37 GiB memory in use.")))
        .contains(
            "the GPU ran out of memory: training asked for 20.00 MiB more; GPU 1 has 39.39 GiB, of"
                + " which 10.06 MiB are free");
    assertThat(
            OutOfMemory.reason(
                new IllegalStateException("CUDA out of memory. Tried to allocate 2.00 GiB. x")))
        .contains("the GPU ran out of memory: training asked for 2.00 GiB more");
  }

  @Test
  void findsTheCauseWithin() {
    assertThat(
            OutOfMemory.reason(
                new IllegalStateException("layer", new IllegalStateException("std::bad_alloc"))))
        .contains("memory ran out: the engine says std::bad_alloc");
  }

  @Test
  void tellsJavasHeapApart() {
    Throwable heap = new IllegalStateException(new OutOfMemoryError("Java heap space"));
    assertThat(OutOfMemory.reason(heap)).contains("Java ran out of memory: Java heap space");
    assertThat(OutOfMemory.isOfJava(heap)).isTrue();
  }

  @Test
  void leavesTheRestAlone() {
    assertThat(OutOfMemory.reason(new IllegalStateException("mat1 and mat2 shapes"))).isEmpty();
    assertThat(OutOfMemory.reason(new IllegalStateException())).isEmpty();
  }
}
