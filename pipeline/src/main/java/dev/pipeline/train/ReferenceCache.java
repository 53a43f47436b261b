package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsFile;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The reference computed once for all pairs, and kept in a file that says of which model, data and
 * template it is: each epoch then costs as much as without a reference.
 */
final class ReferenceCache implements Reference {
  private static final String TENSOR = "token_losses";

  /** Key of the digest of the numbers themselves: one that is off would train silently wrong. */
  private static final String DIGEST = "sha256";

  private static final String AGAIN = "remove the file, and it is computed again";

  private final Map<TrainingExample, float[]> losses;

  private ReferenceCache(Map<TrainingExample, float[]> losses) {
    this.losses = losses;
  }

  /** Computes what {@code frozen} makes of {@code rows}, and writes it to {@code file}. */
  static ReferenceCache compute(
      Replicas replicas,
      Reference frozen,
      List<PreferenceRow> rows,
      Batching batching,
      Path file,
      ReferenceKey key) {
    List<List<PreferenceRow>> parts = batching.parts(rows, PreferenceRow::length);
    List<float[]> found =
        replicas.each(
            parts.size(),
            (replica, index) -> {
              List<PreferenceRow> part = parts.get(index);
              return frozen.tokenLosses(replica, part, PairTask.batch(part));
            });
    Map<TrainingExample, float[]> losses = new LinkedHashMap<>();
    for (int index = 0; index < found.size(); index++) {
      cut(PairTask.batch(parts.get(index)).examples(), found.get(index), losses);
    }
    ReferenceCache cache = new ReferenceCache(losses);
    float[] all = cache.joined(answers(rows));
    TensorData data = TensorData.of(ElementType.F32, List.of((long) all.length), bytes(all));
    Map<String, String> metadata = new TreeMap<>(key.parts());
    metadata.put(DIGEST, digest(all));
    AtomicFiles.writePath(
        file, path -> SafetensorsWriter.write(path, Map.of(TENSOR, data), metadata));
    return cache;
  }

  /**
   * Reads what was computed before; that of another model, data or template is refused, and what
   * was damaged since.
   */
  static ReferenceCache read(Path file, List<PreferenceRow> rows, ReferenceKey key) {
    Map<String, String> metadata = SafetensorsFile.open(file).metadata();
    key.parts()
        .forEach(
            (part, digest) -> {
              if (!digest.equals(metadata.get(part))) {
                throw stale(file, "another " + part);
              }
            });
    List<TrainingExample> answers = answers(rows);
    float[] all =
        Objects.requireNonNullElse(AdapterFolder.readFloats(file).get(TENSOR), new float[0]);
    if (all.length != answers.stream().mapToInt(PreferenceRow::scored).sum()) {
      throw stale(file, "other tokens");
    }
    if (!digest(all).equals(metadata.get(DIGEST))) {
      throw Failure.refused(
          file + " is damaged: its log-probs are not those that were written", AGAIN);
    }
    Map<TrainingExample, float[]> losses = new LinkedHashMap<>();
    cut(answers, all, losses);
    return new ReferenceCache(losses);
  }

  private static Failure stale(Path file, String of) {
    return Failure.refused(
        file + " holds the reference's log-probs of " + of + " than this run's", AGAIN);
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static String digest(float[] values) {
    return Hashes.hex(Hashes.sha256().digest(bytes(values).array()));
  }

  static boolean exists(Path file) {
    return Files.exists(file);
  }

  private static List<TrainingExample> answers(List<PreferenceRow> rows) {
    List<TrainingExample> answers = new ArrayList<>();
    rows.forEach(row -> answers.addAll(List.of(row.chosen(), row.rejected())));
    return answers;
  }

  private static void cut(
      List<TrainingExample> answers, float[] all, Map<TrainingExample, float[]> into) {
    int from = 0;
    for (TrainingExample answer : answers) {
      int to = from + PreferenceRow.scored(answer);
      into.put(answer, Arrays.copyOfRange(all, from, to));
      from = to;
    }
  }

  private float[] joined(List<TrainingExample> answers) {
    float[] all = new float[answers.stream().mapToInt(PreferenceRow::scored).sum()];
    int at = 0;
    for (TrainingExample answer : answers) {
      float[] some = Objects.requireNonNull(losses.get(answer), answer.id());
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    return all;
  }

  @Override
  public float[] tokenLosses(Replica replica, List<PreferenceRow> rows, Batch batch) {
    return joined(batch.examples());
  }
}
