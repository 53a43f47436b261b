package dev.pipeline.release;

import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is to be published.
 *
 * @param staged the packaged files
 * @param modelfile how they are served
 * @param verdict what the gate said of them
 * @param origin what else is known of them
 * @param override publishes although the gate failed; of no effect where it passed
 * @param kept further files that the release keeps, by path below its folder: adapters and reports
 */
public record Candidate(
    StagedPackage staged,
    Modelfile modelfile,
    Verdict verdict,
    Origin origin,
    Optional<GateOverride> override,
    Map<String, Path> kept) {
  /** Copies the map. */
  public Candidate {
    kept = Map.copyOf(kept);
  }

  /**
   * What makes a release besides its files.
   *
   * @param runKey the run that published it
   * @param datasetVersion SHA-256 name of the dataset it was trained on
   * @param training how its adapter came about
   * @param judged SHA-256 of the file that its gate judged
   * @param warning why it should not be shared; empty where nothing speaks against it
   */
  public record Origin(
      String runKey, String datasetVersion, Training training, String judged, String warning) {}

  /** The files of the adapter of {@code training}, such as sft, which lies in {@code folder}. */
  public static Map<String, Path> adapter(String training, Path folder) {
    return files(ReleaseManifest.ADAPTERS + "/" + training, folder);
  }

  /** The reports in {@code folder}, those of {@code names} that are there. */
  public static Map<String, Path> reports(Path folder, String... names) {
    Map<String, Path> reports = new TreeMap<>();
    for (String name : names) {
      if (Files.isRegularFile(folder.resolve(name))) {
        reports.put(ReleaseManifest.REPORTS + "/" + name, folder.resolve(name));
      }
    }
    return reports;
  }

  private static Map<String, Path> files(String prefix, Path folder) {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(Files::isRegularFile)
          .forEach(file -> files.put(prefix + "/" + file.getFileName(), file));
      return files;
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + Reason.of(e), "run the same command again", e);
    }
  }
}
