package dev.pipeline.evaluate.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.Approval;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What reviewers said of a dataset version: {@code <version>.approvals.json} beside the version's
 * folder, which is named by its content and so cannot take it in.
 *
 * @param manifestSha256 digest of the manifest that was approved
 * @param reviews approvals by reviewer, by name of the review's folder
 */
public record RecordedApprovals(
    @JsonProperty("manifest_sha256") String manifestSha256,
    SortedMap<String, SortedMap<String, Approval>> reviews) {
  private static final String SUFFIX = ".approvals.json";

  /**
   * Adds {@code approvals} of {@code review} to those recorded for {@code dataset}.
   *
   * @return the file
   */
  public static Path record(
      ReviewKey.DatasetReference dataset, ReviewFolder review, Map<String, Approval> approvals) {
    Path folder = Path.of(dataset.folder());
    Path manifest = folder.resolve(DatasetManifest.FILE);
    if (!Files.exists(manifest) || !Hashes.sha256(manifest).equals(dataset.manifestSha256())) {
      throw Failure.refused(
          manifest + " is not the dataset that was reviewed",
          "restore the dataset version, or curate it again from the same data");
    }
    Path file = folder.resolveSibling(folder.getFileName() + SUFFIX);
    SortedMap<String, SortedMap<String, Approval>> reviews = new TreeMap<>(read(file).reviews);
    reviews.put(String.valueOf(review.path().getFileName()), new TreeMap<>(approvals));
    AtomicFiles.writeString(
        file, Json.pretty(new RecordedApprovals(dataset.manifestSha256(), reviews)));
    return file;
  }

  private static RecordedApprovals read(Path file) {
    try {
      return Files.exists(file)
          ? Json.parse(Files.readString(file), RecordedApprovals.class, file.toString())
          : new RecordedApprovals("", new TreeMap<>());
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file, "restore it, or move it away");
    }
  }
}
