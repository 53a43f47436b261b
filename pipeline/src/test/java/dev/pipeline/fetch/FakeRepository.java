package dev.pipeline.fetch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A repository on the stand-in. */
public final class FakeRepository {
  /** Who may read it. */
  enum Access {
    PUBLIC,
    GATED,
    PRIVATE
  }

  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  final String id;
  final Map<String, FakeFile> files = new LinkedHashMap<>();
  Access access = Access.PUBLIC;
  String commit = COMMIT;

  /** Takes the place of the listing of the files. */
  @Nullable String siblings;

  FakeRepository(String id) {
    this.id = id;
  }

  /** Lets nobody read it who does not bring {@link FakeHub#TOKEN}. */
  public FakeRepository forMembers() {
    access = Access.PRIVATE;
    return this;
  }

  /** A file in git itself, which the hub sends. */
  public FakeRepository git(String path, String text) {
    return put(path, FakeContent.of(text), false);
  }

  /** A file in LFS, which lies on another host. */
  public FakeRepository lfs(String path, FakeContent content) {
    return put(path, content, true);
  }

  public FakeFile file(String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  private FakeRepository put(String path, FakeContent content, boolean lfs) {
    files.put(path, new FakeFile(content, lfs));
    return this;
  }

  /** The answer to {@code GET /api/models/ID/revision/REVISION?blobs=true}. */
  String listing() {
    List<String> entries = new ArrayList<>();
    files.forEach((path, file) -> entries.add(file.sibling(path)));
    String list = siblings == null ? "[" + String.join(",", entries) + "]" : siblings;
    return ("{\"_id\":\"1\",\"id\":\"%s\",\"modelId\":\"%s\",\"private\":%b,\"gated\":%s,\"sha\":\"%s\","
            + "\"tags\":[\"safetensors\"],\"siblings\":%s}")
        .formatted(
            id,
            id,
            access == Access.PRIVATE,
            access == Access.GATED ? "\"manual\"" : "false",
            commit,
            list);
  }
}
