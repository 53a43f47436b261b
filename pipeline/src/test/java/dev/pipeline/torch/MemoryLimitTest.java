package dev.pipeline.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {
  private static final MemoryLimit LIMIT =
      MemoryLimit.of("memory_limit", 3_000_000_000L, (used, limit) -> "save " + (used - limit));

  @Test
  void lessPasses() {
    LIMIT.check(() -> 3_000_000_000L);
  }

  @Test
  void moreStopsWithFiguresAndAdvice() {
    assertThatThrownBy(() -> LIMIT.check(() -> 3_250_000_000L))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.TRAINING_STOPPED);
              assertThat(failure.reason())
                  .isEqualTo(
                      "training took 3.25 GB, memory_limit is 3.00 GB; the last checkpoint is kept");
              assertThat(failure.fix()).isEqualTo("save 250000000");
            });
  }

  @Test
  void whatIsOnlyKeptForLaterIsGivenBackFirst() {
    Cache cache = new Cache();
    LIMIT.check(cache);
    assertThat(cache.used()).isEqualTo(1);
  }

  @Test
  void explainsAnErrorOfTheEngine() {
    assertThatThrownBy(
            () ->
                LIMIT.explain(
                    () -> {
                      throw new IllegalStateException("you tried to allocate 1000000000 bytes");
                    }))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("asked for 1.00 GB more; the last checkpoint is kept");
    assertThatThrownBy(
            () ->
                LIMIT.explain(
                    () -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.fix()).contains("-Xmx"));
  }

  @Test
  void otherErrorsStayWhatTheyAre() {
    IllegalStateException other = new IllegalStateException("shapes");
    assertThatThrownBy(
            () ->
                LIMIT.explain(
                    () -> {
                      throw other;
                    }))
        .isSameAs(other);
  }

  @Test
  void readsTheKernelsCount() {
    String status = "Name:\tjava\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\nThreads:\t20\n";
    assertThat(ProcessMemory.in(status, "VmHWM:")).isEqualTo(2048 * 1024);
    assertThat(ProcessMemory.in(status, "VmRSS:")).isEqualTo(1024 * 1024);
    assertThat(ProcessMemory.fromNow().used()).isGreaterThan(10_000_000);
  }

  private static final class Cache implements MemoryMeter {
    private long used = 4_000_000_000L;

    @Override
    public long used() {
      return used;
    }

    @Override
    public void release() {
      used = 1;
    }
  }
}
