package dev.pipeline.config;

import dev.pipeline.io.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run is told, one record a file of its configuration folder.
 *
 * @param model what every job shares
 * @param mine raw conversations
 * @param curate which rows become training data
 * @param preferences pairs of a better and a worse answer
 * @param sft supervised fine-tuning
 * @param dpo preference optimisation
 * @param pretrain making a base model
 * @param packaging merge, convert, quantise
 * @param evaluate judging and bounds
 * @param release publishing and serving
 * @param plan what agents look up
 * @param memory where plans, learnings and documents are kept
 * @param feedback what people say about answers
 * @param drift the daily look at the released model
 * @param retrain the monthly training
 * @param schedule when both happen
 * @param database where jobs remember
 * @param serve pages, REST and chat
 * @param tracking who follows runs
 * @param workers how rows are divided among processes
 * @param launch where runs happen
 */
public record PipelineConfig(
    ModelConfig model,
    MineConfig mine,
    CurateConfig curate,
    PreferencesConfig preferences,
    SftConfig sft,
    DpoConfig dpo,
    PretrainConfig pretrain,
    PackageConfig packaging,
    EvaluateConfig evaluate,
    ReleaseConfig release,
    PlanConfig plan,
    MemoryConfig memory,
    FeedbackConfig feedback,
    DriftConfig drift,
    RetrainConfig retrain,
    TimetableConfig schedule,
    DatabaseConfig database,
    ServeConfig serve,
    TrackingConfig tracking,
    WorkersConfig workers,
    LaunchConfig launch) {

  /** A record as one line of JSON with sorted keys: equal settings have equal text. */
  public static String canonicalJson(Record config) {
    Map<String, @Nullable Object> values = new TreeMap<>();
    RecordBinder.values(config).forEach((key, value) -> values.put(key, plain(value)));
    return Json.line(values);
  }

  private static @Nullable Object plain(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(PipelineConfig::plain).orElse(null);
    }
    boolean json = value instanceof Number || value instanceof Boolean || value instanceof List;
    return json ? value : value.toString();
  }
}
