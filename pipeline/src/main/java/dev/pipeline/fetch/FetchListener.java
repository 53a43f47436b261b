package dev.pipeline.fetch;

/** Who is told how far a fetch is. Called by one thread at a time. */
public interface FetchListener {
  /**
   * How far it is.
   *
   * @param done bytes that are there, those of former runs included
   * @param total bytes in all
   * @param bytesPerSecond lately
   * @param note what else goes on, such as "checking digests"; may be empty
   */
  void position(long done, long total, double bytesPerSecond, String note);

  /** A file has its name and its content is what the hub said. */
  void finished(HubFile file);

  /** Something a person wants to know once, such as that a file begins anew. */
  void word(String sentence);
}
