package dev.pipeline.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code tracking.yaml}: who follows runs besides the files that they write. The key comes from the
 * environment only (WANDB_API_KEY); WANDB_BASE_URL names another server than W&amp;B's own.
 *
 * @param wandbMode online sends while a run goes on, where WANDB_API_KEY is set; offline keeps
 *     everything here until 'pipeline track sync'; disabled notes nothing; default offline
 * @param wandbEntity user or team at W&amp;B; default empty: the key's own
 * @param wandbProject project at W&amp;B, made when missing; default pipeline
 * @param wandbTags words to find runs by; default none
 * @param wandbInterval time between two looks at what there is to send; default 10s
 */
public record TrackingConfig(
    Mode wandbMode,
    String wandbEntity,
    String wandbProject,
    List<String> wandbTags,
    Duration wandbInterval) {
  // Parts of an address; W&B itself refuses / \ # ? % and :
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}");
  private static final int LONGEST_TAG = 64;

  /** What holds without a file. */
  public static final TrackingConfig DEFAULTS =
      new TrackingConfig(Mode.OFFLINE, "", "pipeline", List.of(), Duration.ofSeconds(10));

  /** When runs are sent. */
  public enum Mode {
    /** While they go on. */
    ONLINE,
    /** Later, when somebody asks for it. */
    OFFLINE,
    /** Never. */
    DISABLED
  }

  /** Refuses names that lead elsewhere. */
  public TrackingConfig {
    wandbTags = List.copyOf(wandbTags);
    if (!wandbEntity.isEmpty()) {
      requireName("wandb_entity", wandbEntity);
    }
    requireName("wandb_project", wandbProject);
    for (String tag : wandbTags) {
      if (tag.isBlank() || tag.length() > LONGEST_TAG) {
        throw Check.bad("wandb_tags", "wants tags of 1 to " + LONGEST_TAG + " characters");
      }
    }
    Check.atLeast("wandb_interval", 1, wandbInterval.toSeconds());
  }

  private static void requireName(String key, String value) {
    if (!NAME.matcher(value).matches() || value.contains("..")) {
      throw new BadValue(
          key,
          "is no plain name: \"" + value + "\"",
          "use letters, digits, blanks, '-', '_' and '.', at most 128");
    }
  }
}
