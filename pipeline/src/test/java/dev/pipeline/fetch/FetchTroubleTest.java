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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, servers that lie, disks that fill up. */
class FetchTroubleTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final int SIZE = 1_000_000;

  @TempDir Path folder;
  private FakeHub hub;
  private FakeRepository repository;
  private FakeFile weights;
  private Fetching fetching;

  @BeforeEach
  void start() throws IOException {
    hub = new FakeHub();
    repository =
        hub.add(Fetching.MODEL)
            .git("config.json", "{}")
            .lfs(WEIGHTS, FakeContent.safetensors(SIZE, 1));
    weights = repository.file(WEIGHTS);
    fetching = new Fetching(hub.endpoint(), folder);
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
      hub.misbehaviour.drops.add(random.nextLong(3, SIZE));
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
    assertThat(at(WEIGHTS)).doesNotExist();
    long before = Files.size(at(WEIGHTS + ".partial"));
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
    FakeContent old = FakeContent.safetensors(SIZE, 99);
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
    assertThat(fetching.words).contains(WEIGHTS + " changed on the server: it begins anew");
  }

  @Test
  void aFileThatNeverStandsStillIsGivenUp() throws IOException {
    hub.misbehaviour.newTagAlways = true;

    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("changed while it was fetched, 4 times");
    assertThat(partials()).isEmpty();
  }

  @Test
  void anotherContentOfTheSameLengthIsRefused() throws IOException {
    weights.served = FakeContent.safetensors(SIZE, 99);

    assertRefused("the hub lists sha256:" + weights.sha256 + ", what came has sha256:");
  }

  @Test
  void anotherContentInGitIsRefused() throws IOException {
    FakeFile config = repository.file("config.json");
    config.served = FakeContent.of("[]");

    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("config.json is refused: the hub lists git:" + config.blob);
    assertThat(at("config.json")).doesNotExist();
    assertThat(at(FetchManifest.NAME)).doesNotExist();
  }

  @Test
  void aLengthThatIsNotTheListedOneIsRefused() throws IOException {
    weights.listedSize = weights.content.size() + 1;
    assertRefused("the hub lists " + (weights.content.size() + 1) + " bytes, the server has ");

    weights.listedSize = weights.content.size() - 1;
    assertRefused("the hub lists " + (weights.content.size() - 1) + " bytes, the server has ");
  }

  @Test
  void aPointerInPlaceOfWeightsIsNamed() throws IOException {
    weights.served = FakeContent.of(pointer());
    assertRefused("the server sends a git-lfs pointer");

    hub.misbehaviour.ignoresRanges = true;
    assertRefused("the server sends a git-lfs pointer");
  }

  @Test
  void aPointerThatIsTheRepositorysOwnIsNamed() throws IOException {
    replaceWeights(false, FakeContent.of(pointer()));

    assertRefused("the repository itself holds a git-lfs pointer");
  }

  @Test
  void anHtmlPageInPlaceOfWeightsIsNamed() throws IOException {
    weights.served = FakeContent.of("<!DOCTYPE html><title>Please log in</title>");
    assertRefused("the server sends an HTML page");

    replaceWeights(true, FakeContent.of("<html>".repeat(100)));
    assertRefused("the repository itself holds an HTML page");
  }

  @Test
  void placeholdersForWeightsAreNamed() throws IOException {
    replaceWeights(true, FakeContent.of(""));
    assertRefused("the repository itself holds an empty file");

    replaceWeights(true, FakeContent.of("PLACEHOLDER for the weights"));
    assertRefused("the repository itself holds no safetensors");

    replaceWeights(true, FakeContent.of(new byte[5]));
    assertRefused("the repository itself holds no safetensors");
  }

  @Test
  void whatAnEarlierProcessLeftIsContinued() throws IOException {
    interruptAfter(400_000);
    hub.ranges.clear();

    FetchResult result = fetching.run();

    assertRight();
    assertThat(result.fetchedBytes()).isBetween(1L, SIZE - 300_000L);
    assertThat(hub.ranges.stream().filter(range -> range.startsWith("bytes=0-65"))).isEmpty();
  }

  @Test
  void whatAnEarlierProcessLeftDamagedBeginsAnew() throws IOException {
    interruptAfter(400_000);
    try (FileChannel channel =
        FileChannel.open(at(WEIGHTS + ".partial"), java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[100]), 1_000);
    }

    fetching.run();

    assertRight();
    assertThat(fetching.words).anyMatch(word -> word.contains("what an earlier run left"));
  }

  @Test
  void aNoteOfAnotherContentOrNoneIsNotBelieved() throws IOException {
    interruptAfter(400_000);
    Files.writeString(at(WEIGHTS + ".partial.json"), "{\"done\":[");
    assertThat(fetching.run().fetchedBytes()).isGreaterThan(SIZE);
    assertRight();
  }

  @Test
  void whatAKillBetweenNameAndEndLeftIsSweptAway() throws IOException {
    fetching.run();
    Files.writeString(at(WEIGHTS + ".partial.json"), "{}");
    Files.delete(at(FetchManifest.NAME));

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
    assertThat(at(FetchManifest.NAME)).doesNotExist();
    assertThat(at(WEIGHTS)).doesNotExist();
  }

  @Test
  void aDiskThatIsTooSmallIsNotBegunOn() throws IOException {
    fetching.room = place -> SIZE + Room.MARGIN;

    assertThatThrownBy(fetching::run)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
              assertThat(failure.fix()).contains("--to");
            })
        .hasMessageContaining("0.068 GB free, the fetch takes 0.068");
    assertThat(partials()).isEmpty();
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
    assertThat(at(WEIGHTS)).doesNotExist();
    assertThat(at(FetchManifest.NAME)).doesNotExist();
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

  private void replaceWeights(boolean lfs, FakeContent content) {
    weights = new FakeFile(content, lfs);
    repository.files.put(WEIGHTS, weights);
  }

  private void assertRefused(String why) throws IOException {
    assertThatThrownBy(fetching::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining(WEIGHTS + " is refused: " + why);
    assertThat(at(WEIGHTS)).doesNotExist();
    assertThat(at(FetchManifest.NAME)).doesNotExist();
    assertThat(partials()).isEmpty();
  }

  private void assertRight() throws IOException {
    assertThat(Hashes.sha256(at(WEIGHTS))).isEqualTo(weights.sha256);
    assertThat(at(FetchManifest.NAME)).exists();
    assertThat(partials()).isEmpty();
  }

  private Path at(String name) {
    return folder.resolve("owner--model").resolve(FakeRepository.COMMIT).resolve(name);
  }

  private List<Path> partials() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(file -> file.toString().contains(WEIGHTS + ".partial")).forEach(found::add);
    }
    return found;
  }

  private static String pointer() {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:"
        + "0".repeat(64)
        + "\nsize 1000075\n";
  }
}
