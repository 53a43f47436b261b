package dev.pipeline.fuzz;

import com.sun.management.ThreadMXBean;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Feeds a target with damaged inputs. Whatever ends in anything but a {@link Failure} or success,
 * takes long, allocates more than the file accounts for, or leaves files, is a finding.
 */
final class Fuzzer {
  private static final long SLOW_NANOS = 5_000_000_000L;
  private static final int MOST_FINDINGS = 20;

  private final Path folder;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<String> findings = new ArrayList<>();
  private int refused;
  private int accepted;
  private long slowest;

  /** A fuzzer that writes its inputs, and keeps those that are findings, in {@code folder}. */
  Fuzzer(Path folder) {
    this.folder = folder;
  }

  /** Inputs {@code first} to {@code first + count - 1} of {@code seed}. */
  Fuzzer run(Target target, long seed, long first, long count) throws IOException {
    List<byte[]> seeds = target.seeds();
    Path file = folder.resolve("input");
    for (byte[] valid : seeds) {
      // Nothing is learned from damage to what is refused anyway; it also loads every class.
      write(file, valid);
      target.read(file);
    }
    for (long index = first; index < first + count && findings.size() < MOST_FINDINGS; index++) {
      // Every input has a seed of its own, so that a finding can be repeated alone.
      Mutator mutator = new Mutator(seed * 1_000_003 + index);
      byte[] damaged = mutator.damage(seeds.get((int) (index % seeds.size())));
      byte[] input = target.mend(damaged, index % 2 == 0);
      write(file, input);
      one(target, file, input, index);
    }
    return this;
  }

  private void one(Target target, Path file, byte[] input, long index) throws IOException {
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    long start = System.nanoTime();
    try {
      target.read(file);
      accepted++;
    } catch (Failure expected) {
      refused++;
    } catch (Exception | Error unexpected) {
      unexpected.printStackTrace();
      finding(index, input, unexpected.toString());
    }
    long nanos = System.nanoTime() - start;
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    slowest = Math.max(slowest, nanos);
    if (nanos > SLOW_NANOS) {
      finding(index, input, "took %.1f s".formatted(nanos / 1e9));
    }
    if (allocated > target.allowance(input.length)) {
      finding(index, input, "allocated %d bytes for %d".formatted(allocated, input.length));
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.anyMatch(left -> !isOurs(left))) {
        finding(index, input, "left a file");
      }
    }
  }

  /** Not truncated to nothing first: file systems take that for a replacement and sync it. */
  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(content.length);
    }
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return name.equals("input") || name.startsWith("finding-");
  }

  private void finding(long index, byte[] input, String what) throws IOException {
    findings.add("input " + index + ": " + what);
    Files.write(folder.resolve("finding-" + index), input);
  }

  List<String> findings() {
    return List.copyOf(findings);
  }

  /** Both kinds of end must occur, or the inputs test nothing. */
  boolean sawBoth() {
    return refused > 0 && accepted > 0;
  }

  @Override
  public String toString() {
    return "%d refused, %d accepted, %d findings, slowest %.0f ms"
        .formatted(refused, accepted, findings.size(), slowest / 1e6);
  }
}
