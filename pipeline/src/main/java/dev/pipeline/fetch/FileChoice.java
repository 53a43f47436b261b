package dev.pipeline.fetch;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which files of a repository are wanted.
 *
 * @param include globs of paths that are wanted in place of what a model folder needs; none for
 *     just that. A star stands for any letters, slashes among them, as on the hub's own tools
 * @param exclude globs of paths that are not wanted
 */
public record FileChoice(List<String> include, List<String> exclude) {
  /** What lies at the root of a model's repository and is read here or has to be passed on. */
  private static final Pattern NEEDED =
      Pattern.compile(
          "config\\.json|generation_config\\.json|tokenizer\\.json|tokenizer_config\\.json"
              + "|special_tokens_map\\.json|added_tokens\\.json|vocab\\.(json|txt)|merges\\.txt"
              + "|tokenizer\\.model|chat_template\\.(json|jinja)|.*\\.safetensors\\.index\\.json"
              + "|(licen[cs]e|notice|copying|use_policy)([._-].*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern WHOLE = Pattern.compile("model(-\\d+-of-\\d+)?\\.safetensors");

  private static final int SOME = 4;

  /** Copies the lists. */
  public FileChoice {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /**
   * The wanted ones of {@code listing}, in the hub's order.
   *
   * @throws Failure when there are none, or no weights among those that a model folder needs
   */
  List<HubFile> of(Listing listing) {
    List<HubFile> chosen = chosen(listing);
    if (chosen.isEmpty()) {
      throw Failure.usage(
          "--exclude leaves none of the files of " + listing.repository() + " that are wanted",
          "exclude less; --dry-run lists them without it");
    }
    return chosen;
  }

  private List<HubFile> chosen(Listing listing) {
    Predicate<HubFile> excluded = file -> matchesAny(exclude, file.path());
    if (!include.isEmpty()) {
      for (String glob : include) {
        requireMatch(listing, glob);
      }
      return listing.files().stream()
          .filter(file -> matchesAny(include, file.path()))
          .filter(excluded.negate())
          .toList();
    }
    List<HubFile> weights = weights(listing).stream().filter(excluded.negate()).toList();
    if (weights.isEmpty() && weights(listing).isEmpty()) {
      throw noWeights(listing);
    }
    return listing.files().stream()
        .filter(file -> weights.contains(file) || NEEDED.matcher(file.path()).matches())
        .filter(excluded.negate())
        .toList();
  }

  /**
   * Safetensors at the root; where some are called as transformers calls them, only these, for
   * others are then the same weights in another shape (consolidated, or of another type).
   */
  private static List<HubFile> weights(Listing listing) {
    List<HubFile> all =
        listing.files().stream()
            .filter(file -> file.isSafetensors() && file.path().indexOf('/') < 0)
            .toList();
    List<HubFile> whole =
        all.stream().filter(file -> WHOLE.matcher(file.path()).matches()).toList();
    return whole.isEmpty() ? all : whole;
  }

  private static Failure noWeights(Listing listing) {
    List<String> ggufs = paths(listing, HubFile::isGguf);
    if (!ggufs.isEmpty()) {
      return Failure.refused(
          listing.repository() + " has no safetensors, but GGUF: " + some(ggufs),
          "take one of them: --include '" + Printable.of(ggufs.get(0)) + "'");
    }
    List<String> pickles = paths(listing, HubFile::isPickle);
    if (!pickles.isEmpty()) {
      return Failure.refused(
          listing.repository()
              + " has its weights only as pickles, which run code when they are loaded: "
              + some(pickles),
          "look for a revision with safetensors (--revision refs/pr/1 often is one), or convert it"
              + " where you trust it");
    }
    return Failure.refused(
        listing.repository() + " has no weights",
        "name a repository with safetensors, or files with --include");
  }

  private static void requireMatch(Listing listing, String glob) {
    if (listing.files().stream().noneMatch(file -> matches(glob, file.path()))) {
      throw Failure.usage(
          listing.repository() + " has no file that matches --include " + Printable.of(glob),
          "it has " + some(listing.files().stream().map(HubFile::path).toList()));
    }
  }

  private static List<String> paths(Listing listing, Predicate<HubFile> kind) {
    return listing.files().stream().filter(kind).map(HubFile::path).toList();
  }

  private static String some(List<String> paths) {
    String named = paths.stream().limit(SOME).map(Printable::of).collect(Collectors.joining(", "));
    return paths.size() > SOME ? named + " and " + (paths.size() - SOME) + " more" : named;
  }

  private static boolean matchesAny(List<String> globs, String path) {
    return globs.stream().anyMatch(glob -> matches(glob, path));
  }

  /**
   * By hand and not by a regular expression, which a glob of many stars would keep busy for ever.
   */
  static boolean matches(String glob, String path) {
    String pattern = glob.toLowerCase(Locale.ROOT);
    String text = path.toLowerCase(Locale.ROOT);
    int g = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (g < pattern.length() && pattern.charAt(g) == '*') {
        star = g++;
        mark = t;
      } else if (g < pattern.length()
          && (pattern.charAt(g) == '?' || pattern.charAt(g) == text.charAt(t))) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (g < pattern.length() && pattern.charAt(g) == '*') {
      g++;
    }
    return g == pattern.length();
  }
}
