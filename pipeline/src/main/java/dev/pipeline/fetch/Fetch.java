package dev.pipeline.fetch;

import dev.pipeline.fetch.FetchRequest.Mode;
import dev.pipeline.fetch.FetchResult.State;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.StopSignal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a model from a hub: lists it, looks for room, downloads what is missing, verifies every
 * file before it gets its name, and writes the manifest last.
 */
public final class Fetch {
  /** A file of so many bytes takes a while to read. */
  private static final long LONG = 500_000_000;

  private final FetchRequest request;
  private final FetchListener listener;
  private final StopSignal stop;
  private final Means means;
  private final FetchCache cache;
  private final HubAnswer answers;

  /** A fetch that has not begun. */
  public Fetch(FetchRequest request, FetchListener listener, StopSignal stop) {
    this(request, listener, stop, Means.real(request.connections(), stop));
  }

  Fetch(FetchRequest request, FetchListener listener, StopSignal stop, Means means) {
    this.request = request;
    this.listener = listener;
    this.stop = stop;
    this.means = means;
    this.cache = new FetchCache(request.cache());
    this.answers = new HubAnswer(request.hub(), request.model(), request.near());
  }

  /**
   * Does it.
   *
   * @throws Failure when something is refused, missing or failed; what was fetched is kept, and the
   *     same request goes on from there
   */
  public FetchResult run() {
    request.to().map(FetchFolder::new).ifPresent(FetchFolder::requireFolder);
    if (request.mode() == Mode.OFFLINE) {
      return new OfflineFetch(request, cache, stop).run();
    }
    try (HubHttp http =
        new HubHttp(request.hub(), means.settings().stall(), means.settings().connections())) {
      Listing listing = listing(http);
      FetchFolder folder = folder(listing);
      folder.requireOf(listing);
      List<HubFile> wanted = wanted(listing);
      if (request.mode() == Mode.DRY_RUN) {
        List<FileDownload> missing = missing(listing, folder, wanted);
        return FetchResult.of(listing, folder, wanted, toFetch(missing), State.NOT_FETCHED);
      }
      return folder.exclusively(() -> bring(http, listing, folder, wanted));
    }
  }

  /** Of a commit that was listed before nothing new can be said. */
  private Listing listing(HubHttp http) {
    Optional<Listing> known =
        ModelReference.isCommit(request.model().revision())
            ? request
                .to()
                .map(FetchFolder::new)
                .or(() -> cache.last(request.model()))
                .flatMap(FetchFolder::listing)
                .filter(listing -> listing.commit().equals(request.model().revision()))
                .filter(listing -> listing.repository().equals(request.model().repository()))
            : Optional.empty();
    return known.orElseGet(
        () ->
            new HubApi(request.hub(), http, answers)
                .listing(request.model(), means.patience(stop::isRequested), stop));
  }

  private FetchFolder folder(Listing listing) {
    return request
        .to()
        .map(FetchFolder::new)
        .orElseGet(() -> cache.folder(listing.repository(), listing.commit()));
  }

  private List<HubFile> wanted(Listing listing) {
    List<HubFile> wanted = request.choice().of(listing);
    SafePath.requirePortable(wanted);
    for (HubFile file : wanted) {
      if (file.isWeights() && file.size() == 0) {
        throw Verification.refused(file, "the repository itself holds an empty file");
      }
    }
    return wanted;
  }

  private FetchResult bring(
      HubHttp http, Listing listing, FetchFolder folder, List<HubFile> wanted) {
    List<FileDownload> missing = missing(listing, folder, wanted);
    long bytes = toFetch(missing);
    boolean finished =
        missing.isEmpty()
            && folder.listing().isPresent()
            && folder
                .manifest()
                .map(old -> wanted.stream().allMatch(f -> old.entry(f).isPresent()))
                .orElse(false);
    if (!finished) {
      wanted.forEach(file -> PartialFile.forget(folder.resolve(file)));
      missing.forEach(download -> download.partial().clean());
      means.room().require(folder.path(), bytes);
      folder.write(listing);
      long there = wanted.stream().mapToLong(HubFile::size).sum();
      there -= missing.stream().mapToLong(download -> download.file().size()).sum();
      new Downloads(http, answers, means, listener, stop, missing, there).run();
      folder.write(manifest(listing, folder, wanted));
    }
    if (request.to().isEmpty()) {
      cache.remember(listing);
    }
    State state = missing.isEmpty() ? State.ALREADY_THERE : State.FETCHED;
    return FetchResult.of(listing, folder, wanted, bytes, state);
  }

  private static long toFetch(List<FileDownload> missing) {
    return missing.stream()
        .mapToLong(download -> download.file().size() - download.partial().covered())
        .sum();
  }

  /** What is not there yet; what is there under a wanted name and is something else is refused. */
  private List<FileDownload> missing(Listing listing, FetchFolder folder, List<HubFile> wanted) {
    Optional<FetchManifest> manifest = folder.manifest();
    List<FileDownload> missing = new ArrayList<>();
    for (HubFile file : wanted) {
      boolean known = manifest.flatMap(there -> there.entry(file)).isPresent();
      Path target = folder.resolve(file);
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        PartialFile partial = new PartialFile(file, target, means.opener());
        missing.add(
            new FileDownload(
                partial,
                request.hub().file(listing.repository(), listing.commit(), file.path()),
                means.settings().chunkBytes()));
      } else if (!known || !folder.has(file) || request.verify()) {
        if (file.size() >= LONG) {
          listener.word("reading " + target + ", to see whether it is right");
        }
        Verification.requireRight(target, file, stop);
      }
    }
    return missing;
  }

  private FetchManifest manifest(Listing listing, FetchFolder folder, List<HubFile> wanted) {
    Map<String, FetchManifest.Entry> entries = new LinkedHashMap<>();
    folder.manifest().ifPresent(old -> old.files().forEach(e -> entries.put(e.path(), e)));
    for (HubFile file : wanted) {
      String sha256 =
          file.digest().kind() == Digest.Kind.SHA256
              ? file.digest().hex()
              : Hashes.sha256(folder.resolve(file));
      entries.put(
          file.path(), new FetchManifest.Entry(file.path(), file.size(), file.digest(), sha256));
    }
    return new FetchManifest(
        listing.repository(),
        listing.revision(),
        listing.commit(),
        request.hub().toString(),
        List.copyOf(entries.values()));
  }
}
