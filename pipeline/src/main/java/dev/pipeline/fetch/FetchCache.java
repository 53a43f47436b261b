package dev.pipeline.fetch;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Where fetched models lie when nobody names a folder: {@code <owner>--<name>/<commit>}, and beside
 * the commits which of them each revision meant last.
 *
 * @param root the folder of all
 */
record FetchCache(Path root) {
  private static final String REVISIONS = "revisions.json";

  FetchFolder folder(RepositoryId repository, String commit) {
    return new FetchFolder(of(repository).resolve(commit));
  }

  /** The folder of the commit that {@code model}'s revision meant when it was last fetched. */
  Optional<FetchFolder> last(ModelReference model) {
    if (ModelReference.isCommit(model.revision())) {
      return Optional.of(folder(model.repository(), model.revision()));
    }
    String commit = revisions(model.repository()).get(model.revision());
    return commit == null || !ModelReference.isCommit(commit)
        ? unfinished(model)
        : Optional.of(folder(model.repository(), commit));
  }

  /** Notes what a revision means; after its folder is finished. */
  void remember(Listing listing) {
    Map<String, String> revisions = revisions(listing.repository());
    revisions.put(listing.revision(), listing.commit());
    AtomicFiles.writeString(of(listing.repository()).resolve(REVISIONS), Json.pretty(revisions));
  }

  private Optional<FetchFolder> unfinished(ModelReference model) {
    try (Stream<Path> commits = Files.list(of(model.repository()))) {
      return commits
          .map(FetchFolder::new)
          .filter(
              folder ->
                  folder
                      .listing()
                      .map(listing -> listing.revision().equals(model.revision()))
                      .orElse(false))
          .findFirst();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private Map<String, String> revisions(RepositoryId repository) {
    Map<String, String> revisions = new TreeMap<>();
    Path file = of(repository).resolve(REVISIONS);
    try {
      Json.parse(Files.readString(file), JsonNode.class, file.toString())
          .properties()
          .forEach(entry -> revisions.put(entry.getKey(), entry.getValue().asString("")));
    } catch (IOException none) {
      // Nothing was fetched yet.
    }
    return revisions;
  }

  private Path of(RepositoryId repository) {
    return root.resolve(repository.folderName());
  }
}
