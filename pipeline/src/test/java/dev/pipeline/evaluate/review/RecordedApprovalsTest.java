package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.data.Approval;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedApprovalsTest {
  private static final Approval YES = new Approval(Approval.State.APPROVED, "Anna", null);
  private static final Approval NO = new Approval(Approval.State.REJECTED, "Ben", "Odd lots.");

  @TempDir Path home;
  private ReviewKey.DatasetReference dataset;

  @BeforeEach
  void dataset() throws IOException {
    Path manifest = Files.createDirectories(home.resolve("sets/v1")).resolve("manifest.json");
    Files.writeString(manifest, "{}");
    dataset =
        new ReviewKey.DatasetReference(home.resolve("sets/v1").toString(), Hashes.sha256(manifest));
  }

  @Test
  void standBesideTheVersionAndNameItsManifest() throws IOException {
    Path file = RecordedApprovals.record(dataset, review(1), Map.of("Anna", YES, "Ben", NO));
    assertThat(file).isEqualTo(home.resolve("sets/v1.approvals.json"));
    RecordedApprovals recorded =
        Json.parse(Files.readString(file), RecordedApprovals.class, "recorded");
    assertThat(recorded.manifestSha256()).isEqualTo(dataset.manifestSha256());
    assertThat(recorded.reviews().values())
        .containsExactly(new TreeMap<>(Map.of("Anna", YES, "Ben", NO)));
    assertThat(home.resolve("sets/v1"))
        .as("its digest stays")
        .isDirectoryNotContaining("glob:**approvals*");
  }

  @Test
  void reviewsAddUpAndTheSameReviewReplacesItself() throws IOException {
    RecordedApprovals.record(dataset, review(1), Map.of("Anna", YES));
    RecordedApprovals.record(dataset, review(2), Map.of("Ben", NO));
    Path file = RecordedApprovals.record(dataset, review(1), Map.of("Anna", YES));
    RecordedApprovals recorded =
        Json.parse(Files.readString(file), RecordedApprovals.class, "recorded");
    assertThat(recorded.reviews()).hasSize(2);
  }

  @Test
  void refusesADatasetThatIsNotTheOneReviewed() throws IOException {
    Files.writeString(home.resolve("sets/v1/manifest.json"), "{\"other\":1}");
    assertThatThrownBy(() -> RecordedApprovals.record(dataset, review(1), Map.of("Anna", YES)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not the dataset that was reviewed");
  }

  private ReviewFolder review(long seed) {
    return ReviewFolder.create(
        home.resolve("reviews"), ReviewDraw.of(Contests.contest(9), dataset, 3, seed));
  }
}
