package dev.pipeline.vectors;

import dev.pipeline.embed.Embedder;
import java.util.List;

/** Collections by name. */
public interface VectorStore extends AutoCloseable {
  /**
   * The collection {@code name} for vectors of {@code embedder}, made where it does not exist.
   *
   * @throws dev.pipeline.io.Failure when it exists for vectors of another size or model
   */
  VectorCollection open(String name, Embedder embedder);

  /** Names of the collections that exist, sorted. */
  List<String> names();

  /** Where they are, for people: a folder or an address. */
  String place();

  @Override
  default void close() {}
}
