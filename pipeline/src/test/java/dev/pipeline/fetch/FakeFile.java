package dev.pipeline.fetch;

import org.jspecify.annotations.Nullable;

/** A file on the stand-in: what it is, what is said of it, and how it is served. */
public final class FakeFile {
  final FakeContent content;
  final boolean lfs;
  public final String sha256;
  final String blob;

  /** What the listing says; the truth until a test says otherwise. */
  long listedSize;

  String listedDigest;

  /** What is served in place of the content. */
  FakeContent served;

  /** What the server calls the content; null for a server that does not. */
  @Nullable String entityTag;

  FakeFile(FakeContent content, boolean lfs) {
    this.content = content;
    this.lfs = lfs;
    this.sha256 = content.sha256();
    this.blob = lfs ? "" : content.gitBlob();
    this.listedSize = content.size();
    this.listedDigest = lfs ? sha256 : blob;
    this.served = content;
    this.entityTag = "\"" + (lfs ? "store-" + sha256.substring(0, 16) : blob) + "\"";
  }

  String sibling(String path) {
    String common = "{\"rfilename\":\"" + path + "\",\"size\":" + listedSize;
    return lfs
        ? common
            + ",\"blobId\":\"0000000000000000000000000000000000000000\",\"lfs\":{\"sha256\":\""
            + listedDigest
            + "\",\"size\":"
            + listedSize
            + ",\"pointerSize\":135}}"
        : common + ",\"blobId\":\"" + listedDigest + "\"}";
  }
}
