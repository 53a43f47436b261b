package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, fetches that are stopped, disks that fill up. */
class FetchTroubleTest {
  @TempDir Path folder;
  private FakeHub hub;
  private FakeFile weights;
  private Fetching fetching;
  private FetchedWeights fetched;

  @BeforeEach
  void start() throws IOException {
    hub = new FakeHub();
    weights = FetchedWeights.on(hub).file(FetchedWeights.FILE);
    fetching = new Fetching(hub.endpoint(), folder);
    fetched = new FetchedWeights(folder);
  }

  @AfterEach
  void nothingForbiddenWasDone() throws IOException {
    hub.close();
    assertThat(hub.violations).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void fiftyLostConnectionsCostNoByteTwice(int seed) throws IOException {
    Random random = new Random(seed);
    while (hub.misbehaviour.drops.size() < 50) {
      hub.misbehaviour.drops.add(random.nextLong(3, FetchedWeights.SIZE));
    }

    fetching.run();

    assertRight();
    assertThat(hub.misbehaviour.dropped).hasSizeBetween(45, 50);
    assertThat(fetching.waits).hasSizeGreaterThanOrEqualTo(45);
  }

  @Test
  void aConnectionThatFallsSilentIsLost() throws IOException {
    hub.misbehaviour.hangs = true;
    fetching.stall = Duration.ofMillis(500);
    hub.misbehaviour.drops.addAll(List.of(100_000L, 400_000L));

    fetching.run();

    assertRight();
    assertThat(hub.misbehaviour.dropped).hasSize(2);
  }

  @Test
  void givesUpWhenNothingComesAndKeepsWhatCame() throws IOException {
    fetching.connections = 1;
    hub.misbehaviour.drops.add(300_000L);
    hub.misbehaviour.onNewTag = () -> hub.misbehaviour.sendsNothing = true;
    // The sixth answer with content: config.json, four chunks and the one that breaks came before.
    hub.misbehaviour.newTagAfter = 7;

    assertThatThrownBy(fetching::run)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
              assertThat(failure.fix()).contains("run the same command again");
            })
        .hasMessageContaining("8 times without a byte between");
    assertThat(fetched.at(FetchedWeights.FILE)).doesNotExist();
    long before = Files.size(fetched.at(FetchedWeights.FILE + ".partial"));
    assertThat(before).isBetween(250_000L, 400_000L);

    hub.misbehaviour.sendsNothing = false;
    hub.ranges.clear();
    assertThat(fetching.run().fetchedBytes()).isEqualTo(weights.content.size() - before);
    assertRight();
    assertThat(hub.ranges.peek()).startsWith("bytes=" + before + "-");
  }

  @Test
  void waitsGrowAndAServersOwnWishIsHonoured() throws IOException {
    hub.misbehaviour.hubStatuses.addAll(
        List.of("503 Service Unavailable", "502 Bad Gateway", "504 Gateway Timeout"));
    hub.misbehaviour.hubStatuses.add("429 Too Many Requests\nRetry-After: 7");

    fetching.run();

    assertRight();
    assertThat(fetching.waits).hasSize(4);
    assertThat(fetching.waits.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(fetching.waits.get(1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(fetching.waits.get(2)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(fetching.waits.get(3)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void anHourIsForAPersonToWait() {
    hub.misbehaviour.hubStatuses.add("429 Too Many Requests\nRetry-After: 3600");

    assertThatThrownBy(fetching::run).hasMessageContaining("asks to wait 60 minutes");
  }

  @Test
  void anAddressThatRanOutIsAskedForAgain() throws IOException {
    hub.misbehaviour.addressLasts = 3;

    fetching.run();

    assertRight();
  }

  @Test
  void aServerWithoutRangesSendsAllAndIsSkippedThrough() throws IOException {
    hub.misbehaviour.ignoresRanges = true;
    hub.misbehaviour.drops.add(600_000L);

    fetching.run();

    assertRight();
    assertThat(hub.ranges).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aServerWithoutLengthsIsReadToTheEnd() throws IOException {
    hub.misbehaviour.ignoresRanges = true;
    hub.misbehaviour.claimsNoLength = true;

    fetching.run();

    assertRight();
  }

  @Test
  void aServerWithoutTagsIsTrusted() throws IOException {
    weights.entityTag = null;
    hub.misbehaviour.drops.add(300_000L);

    fetching.run();

    assertRight();
  }

  @Test
  void aFileThatChangesMidwayBeginsAnew() throws IOException {
    FakeContent old = FakeContent.safetensors(FetchedWeights.SIZE, 99);
    FakeContent listed = weights.content;
    weights.served = old;
    weights.entityTag = "\"old\"";
    hub.misbehaviour.newTagAfter = 6;
    hub.misbehaviour.onNewTag =
        () -> {
          weights.served = listed;
          weights.entityTag = "\"new\"";
        };

    fetching.run();

    assertRight();
    assertThat(fetching.words)
        .contains(FetchedWeights.FILE + " changed on the server: it begins anew");
  }

  @Test
  void aFileThatNeverStandsStillIsGivenUp() throws IOException {
    hub.misbehaviour.newTagAlways = true;

    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("changed while it was fetched, 4 times");
    assertThat(fetched.partials()).isEmpty();
  }

  @Test
  void whatAnEarlierProcessLeftIsContinued() throws IOException {
    interruptAfter(400_000);
    hub.ranges.clear();

    FetchResult result = fetching.run();

    assertRight();
    assertThat(result.fetchedBytes()).isBetween(1L, FetchedWeights.SIZE - 300_000L);
    assertThat(hub.ranges.stream().filter(range -> range.startsWith("bytes=0-65"))).isEmpty();
  }

  @Test
  void whatAnEarlierProcessLeftDamagedBeginsAnew() throws IOException {
    interruptAfter(400_000);
    try (FileChannel channel =
        FileChannel.open(fetched.at(FetchedWeights.FILE + ".partial"), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[100]), 1_000);
    }

    fetching.run();

    assertRight();
    assertThat(fetching.words).anyMatch(word -> word.contains("what an earlier run left"));
  }

  @Test
  void aNoteOfAnotherContentOrNoneIsNotBelieved() throws IOException {
    interruptAfter(400_000);
    Files.writeString(fetched.at(FetchedWeights.FILE + ".partial.json"), "{\"done\":[");
    assertThat(fetching.run().fetchedBytes()).isGreaterThan(FetchedWeights.SIZE);
    assertRight();
  }

  @Test
  void whatAKillBetweenNameAndEndLeftIsSweptAway() throws IOException {
    fetching.run();
    Files.writeString(fetched.at(FetchedWeights.FILE + ".partial.json"), "{}");
    Files.delete(fetched.at(FetchManifest.NAME));

    fetching.run();

    assertRight();
  }

  @Test
  void aRequestToStopLeavesWhatIsThere() throws IOException {
    hub.misbehaviour.newTagAfter = 5;
    hub.misbehaviour.onNewTag = () -> fetching.stop.request("interrupted");

    assertThatThrownBy(fetching::run)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
    assertThat(fetched.at(FetchManifest.NAME)).doesNotExist();
    assertThat(fetched.at(FetchedWeights.FILE)).doesNotExist();
  }

  @Test
  void aDiskThatIsTooSmallIsNotBegunOn() throws IOException {
    fetching.room = place -> FetchedWeights.SIZE + Room.MARGIN;

    assertThatThrownBy(fetching::run)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
              assertThat(failure.fix()).contains("--to");
            })
        .hasMessageContaining("0.068 GB free, the fetch takes 0.068");
    assertThat(fetched.partials()).isEmpty();
    assertThat(hub.ranges).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 65_536, 500_000, 1_000_075})
  void aDiskThatFillsUpLeavesNothingUnderItsFinalName(long takes) throws IOException {
    AtomicLong written = new AtomicLong();
    fetching.opener = path -> new FullDisk(PartialFile.opened(path), written, takes);

    assertThatThrownBy(fetching::run)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
              assertThat(failure.fix()).contains("free some disk space");
            })
        .hasMessageContaining("No space left on device");
    assertThat(fetched.at(FetchedWeights.FILE)).doesNotExist();
    assertThat(fetched.at(FetchManifest.NAME)).doesNotExist();
    assertThat(fetching.waits).as("a disk is no connection to try again").isEmpty();

    fetching.opener = PartialFile::opened;
    fetching.run();
    assertRight();
  }

  private void interruptAfter(long bytes) {
    fetching.connections = 1;
    hub.misbehaviour.drops.add(bytes);
    fetching.attempts = 1;
    assertThatThrownBy(fetching::run).hasMessageContaining("1 times without a byte between");
    fetching.attempts = 8;
    fetching.connections = 4;
  }

  private void assertRight() throws IOException {
    assertThat(Hashes.sha256(fetched.at(FetchedWeights.FILE))).isEqualTo(weights.sha256);
    assertThat(fetched.at(FetchManifest.NAME)).exists();
    assertThat(fetched.partials()).isEmpty();
  }
}
