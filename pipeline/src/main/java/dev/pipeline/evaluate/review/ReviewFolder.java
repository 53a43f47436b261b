package dev.pipeline.evaluate.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.JsonLines;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A review on disk: {@code items.jsonl} for reviewers, {@code key.json} for the results alone,
 * {@code opinions.jsonl} to append to, {@code reviewers.json}, and {@code review.json}, written
 * last. Only its owner may look inside, for it holds tokens and the key.
 */
public final class ReviewFolder {
  static final String FIX = "name a folder that 'pipeline review create' made, or create it again";

  private static final String ITEMS = "items.jsonl";
  private static final String KEY = "key.json";
  private static final String LOG = "opinions.jsonl";
  private static final String REVIEWERS = "reviewers.json";
  private static final String MANIFEST = "review.json";
  private static final int NAME_DIGITS = 12;

  private final Path folder;
  private final Manifest manifest;

  private ReviewFolder(Path folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  private record Manifest(
      int items,
      @JsonProperty("items_sha256") String itemsSha256,
      @JsonProperty("key_sha256") String keySha256) {}

  /**
   * Writes {@code draw} below {@code reviews}, in a folder named by what it shows; drawing the same
   * again changes nothing.
   */
  public static ReviewFolder create(Path reviews, ReviewDraw draw) {
    String shown = Json.line(draw.items());
    Path folder = reviews.resolve(Hashes.sha256(shown).substring(0, NAME_DIGITS));
    if (Files.exists(folder.resolve(MANIFEST))) {
      return open(folder);
    }
    makePrivate(folder);
    JsonLines.write(folder.resolve(ITEMS), draw.items());
    AtomicFiles.writeString(folder.resolve(KEY), Json.pretty(draw.key()));
    AtomicFiles.writeString(folder.resolve(LOG), "");
    Manifest manifest =
        new Manifest(
            draw.items().size(),
            Hashes.sha256(folder.resolve(ITEMS)),
            Hashes.sha256(folder.resolve(KEY)));
    AtomicFiles.writeString(folder.resolve(MANIFEST), Json.pretty(manifest));
    return new ReviewFolder(folder, manifest);
  }

  /** Opens a review that was created whole. */
  public static ReviewFolder open(Path folder) {
    Path file = folder.resolve(MANIFEST);
    if (!Files.exists(file)) {
      throw Failure.usage("no review in " + folder + ": " + MANIFEST + " is missing", FIX);
    }
    return new ReviewFolder(folder, Json.parse(text(file), Manifest.class, file.toString()));
  }

  /** Where it lies. */
  public Path path() {
    return folder;
  }

  /** What reviewers see. */
  public List<ReviewItem> items() {
    Path file = intact(ITEMS, manifest.itemsSha256);
    return JsonLines.read(file, ReviewItem.class);
  }

  /** What tells the models apart. */
  ReviewKey key() {
    Path file = intact(KEY, manifest.keySha256);
    return Json.parse(text(file), ReviewKey.class, file.toString());
  }

  /** What reviewers said. */
  Path log() {
    return folder.resolve(LOG);
  }

  /** Who reviews. */
  Reviewers reviewers() {
    return Reviewers.read(folder.resolve(REVIEWERS));
  }

  private Path intact(String name, String sha256) {
    Path file = folder.resolve(name);
    if (!Files.exists(file) || !Hashes.sha256(file).equals(sha256)) {
      throw Failure.refused(file + " is not the one " + MANIFEST + " speaks of", FIX);
    }
    return file;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file + ": " + e.getMessage(), FIX);
    }
  }

  private static void makePrivate(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder, e);
    }
  }
}
