package dev.pipeline.fetch;

import dev.pipeline.fetch.FetchResult.State;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A fetch that asks nobody: it finds what an earlier one left, or says what is missing. */
final class OfflineFetch {
  private static final String ONLINE =
      "run the same command once without --offline and HF_HUB_OFFLINE, where the hub can be reached";

  private static final int SOME = 4;

  private final FetchRequest request;
  private final FetchCache cache;
  private final StopSignal stop;

  OfflineFetch(FetchRequest request, FetchCache cache, StopSignal stop) {
    this.request = request;
    this.cache = cache;
    this.stop = stop;
  }

  FetchResult run() {
    ModelReference model = request.model();
    FetchFolder folder =
        request
            .to()
            .map(FetchFolder::new)
            .or(() -> cache.last(model))
            .orElseThrow(() -> nothing(model + " was never fetched to " + cache.root()));
    Listing listing =
        folder
            .listing()
            .filter(there -> there.repository().equals(model.repository()))
            .filter(
                there ->
                    there.revision().equals(model.revision())
                        || there.commit().equals(model.revision()))
            .orElseThrow(() -> nothing(model + " was never fetched to " + folder.path()));
    List<HubFile> wanted = request.choice().of(listing);
    SafePath.requirePortable(wanted);
    Optional<FetchManifest> manifest = folder.manifest();
    List<HubFile> missing =
        wanted.stream()
            .filter(
                file -> manifest.flatMap(there -> there.entry(file)).isEmpty() || !folder.has(file))
            .toList();
    if (!missing.isEmpty()) {
      throw nothing(
          missing.size()
              + " of "
              + wanted.size()
              + " files of "
              + model
              + " are missing in "
              + folder.path()
              + ": "
              + missing.stream()
                  .limit(SOME)
                  .map(HubFile::path)
                  .collect(Collectors.joining(", ", "", missing.size() > SOME ? ", ..." : "")));
    }
    if (request.verify()) {
      wanted.forEach(file -> Verification.requireRight(folder.resolve(file), file, stop));
    }
    return FetchResult.of(listing, folder, wanted, 0, State.ALREADY_THERE);
  }

  private static Failure nothing(String what) {
    return Failure.infrastructure(what + ", and nobody may be asked (offline)", ONLINE, null);
  }
}
