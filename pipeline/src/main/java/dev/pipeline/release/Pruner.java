package dev.pipeline.release;

import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Forgets old releases. What serves, the way back from it and what others refer to stay, and so
 * does what lost its manifest or its place in the log: that may be the only copy.
 */
public final class Pruner {
  private final ReleaseFolders folders;
  private final ReleaseStore store;
  private final ReleaseLog log;

  /** A pruner of {@code modelFolder}, such as {@code artifacts/phi4-joshi}. */
  public Pruner(Path modelFolder) {
    this.folders = new ReleaseFolders(modelFolder);
    this.store = new ReleaseStore(modelFolder);
    this.log = new ReleaseLog(modelFolder);
  }

  /**
   * What becomes of one release.
   *
   * @param removed whether it goes
   * @param why it stays, or goes
   * @param bytes of its files; runs that still have them share the room
   */
  public record Fate(int version, boolean removed, String why, long bytes) {}

  /**
   * Removes all releases but the {@code newest} and those that are needed.
   *
   * @param newest how many of the newest stay, at least 1
   * @param referenced what else must stay, and who refers to it
   * @param dryRun only says what would go
   */
  public List<Fate> prune(int newest, Map<Integer, String> referenced, boolean dryRun) {
    if (newest < 1) {
      throw Failure.usage("--keep " + newest + " keeps nothing", "write --keep 1 or more");
    }
    return new ExclusiveFile(folders.lock()).hold(() -> alone(newest, referenced, dryRun));
  }

  private List<Fate> alone(int newest, Map<Integer, String> referenced, boolean dryRun) {
    if (!dryRun) {
      new OldLayout(folders).adopt();
      new ReleaseSwitch(folders).settle();
    }
    Map<Integer, String> needed = needed(newest, referenced);
    List<Fate> fates = new ArrayList<>();
    for (int version : store.present()) {
      String why = needed.get(version);
      fates.add(
          new Fate(
              version,
              why == null,
              why == null ? "nothing refers to it" : why,
              store.bytes(version)));
      if (why == null && !dryRun) {
        store.remove(version);
      }
    }
    return fates;
  }

  private Map<Integer, String> needed(int newest, Map<Integer, String> referenced) {
    List<Integer> versions = store.versions();
    Map<Integer, String> needed = new TreeMap<>();
    versions
        .subList(Math.max(0, versions.size() - newest), versions.size())
        .forEach(version -> needed.put(version, "one of the newest " + newest));
    needed.putAll(referenced);
    store.present().forEach(version -> untold(version).ifPresent(why -> needed.put(version, why)));
    log.current()
        .ifPresent(
            current -> {
              Rollback.formerOf(log, store, current.version())
                  .ifPresent(former -> needed.put(former.version(), "the way back"));
              needed.put(current.version(), "it serves" + damage(current.version()));
            });
    new ServingPointer(folders)
        .version()
        .ifPresent(version -> needed.put(version, "it serves" + damage(version)));
    return needed;
  }

  /** Why nobody but a person decides over {@code version}: what it is worth is not known. */
  private Optional<String> untold(int version) {
    if (log.release(version).isEmpty()) {
      return Optional.of("releases.json does not name it");
    }
    return store.isDescribed(version)
        ? Optional.empty()
        : store.damage(version).map(damage -> "damaged: " + damage);
  }

  private String damage(int version) {
    return store.isPresent(version)
        ? store.damage(version).map(damage -> "; damaged: " + damage).orElse("")
        : "";
  }
}
