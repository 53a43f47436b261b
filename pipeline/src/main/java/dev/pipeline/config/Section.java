package dev.pipeline.config;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a configuration folder, each bound to one record. */
enum Section {
  MODEL(ModelConfig.class),
  MINE(MineConfig.class),
  CURATE(CurateConfig.class),
  PREFERENCES(PreferencesConfig.class),
  SFT(SftConfig.class),
  DPO(DpoConfig.class),
  PRETRAIN(PretrainConfig.class),
  PACKAGE(PackageConfig.class),
  EVALUATE(EvaluateConfig.class),
  RELEASE(ReleaseConfig.class),
  PLAN(PlanConfig.class),
  MEMORY(MemoryConfig.class),
  FEEDBACK(FeedbackConfig.class),
  DRIFT(DriftConfig.class),
  RETRAIN(RetrainConfig.class),
  SCHEDULE(TimetableConfig.class),
  DATABASE(DatabaseConfig.class),
  SERVE(ServeConfig.class),
  TRACKING(TrackingConfig.class),
  WORKERS(WorkersConfig.class),
  LAUNCH(LaunchConfig.class);

  /** What they are called in files and overrides. */
  static final List<String> NAMES = Stream.of(values()).map(Section::key).toList();

  private static final String FLAT_FIX =
      "for one job's YAML name its folder, such as configs/demo; a flat file, as Axolotl writes it,"
          + " is to be divided: each key below the section that docs/settings.md puts it in, such as"
          + " model or sft";

  private final Class<? extends Record> type;

  Section(Class<? extends Record> type) {
    this.type = type;
  }

  /** The name in files and overrides. */
  String key() {
    return Names.snake(name());
  }

  /** The record its keys are bound to. */
  Class<? extends Record> type() {
    return type;
  }

  private boolean knows(String key) {
    return RecordBinder.keys(type).contains(key);
  }

  /** The section called {@code name}; {@code where} is named in the error. */
  static Section named(String name, String where) {
    return Stream.of(values())
        .filter(section -> section.key().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Failure.usage(where + ": there is no section \"" + name + "\"", elsewhere(name)));
  }

  /**
   * The section that {@code key} belongs to: {@code verb}'s own, or the only one that has it, or
   * sft's, so that jobs on the way to it take the same command line.
   */
  static Section owning(String key, String verb) {
    List<Section> owners = Stream.of(values()).filter(section -> section.knows(key)).toList();
    if (owners.size() == 1) {
      return owners.get(0);
    }
    if (owners.isEmpty()) {
      throw Failure.usage("unknown key \"" + key + "\"", NearestKey.ofSetting(key, allKeys()));
    }
    return owners.stream()
        .filter(section -> section.key().equals(verb))
        .findFirst()
        .or(() -> owners.stream().filter(SFT::equals).findFirst())
        .orElseThrow(
            () ->
                Failure.usage(
                    "\"" + key + "\" stands in several sections",
                    owners.stream()
                        .map(section -> section.key() + "." + key)
                        .collect(Collectors.joining(" or ", "write ", ""))));
  }

  /** Sections other than this that know {@code key}. */
  List<String> othersKnowing(String key) {
    return Stream.of(values())
        .filter(section -> section != this && section.knows(key))
        .map(Section::key)
        .toList();
  }

  private static boolean keyOfSome(String name) {
    return OtherNames.ours(name).isPresent()
        || OtherNames.INSTEAD.containsKey(name)
        || Stream.of(values()).anyMatch(section -> section.knows(name));
  }

  /** Whoever writes a key where a section should stand has one job's file, or another trainer's. */
  private static String elsewhere(String name) {
    return keyOfSome(name) ? FLAT_FIX : NearestKey.fix(name, NAMES);
  }

  private static List<String> allKeys() {
    return Stream.of(values())
        .flatMap(section -> RecordBinder.keys(section.type).stream())
        .distinct()
        .toList();
  }
}
