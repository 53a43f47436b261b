package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.documents.DocumentCollection;
import dev.pipeline.documents.Passage;
import dev.pipeline.embed.Embedders;
import dev.pipeline.io.Failure;
import dev.pipeline.vectors.VectorStore;
import dev.pipeline.vectors.VectorStores;
import java.util.List;

/** The collections of documents that a configuration names. */
public final class DocumentCollections {
  private DocumentCollections() {}

  /** Names of the collections that are filled, sorted. */
  public static List<String> names(PipelineConfig config) {
    try (VectorStore store = store(config)) {
      return store.names().stream()
          .filter(name -> !name.equals(config.memory().planCollection()))
          .toList();
    }
  }

  /** The pieces of collection {@code name}, which must exist, that are closest to a question. */
  public static List<Passage> search(
      PipelineConfig config, String name, String question, int most) {
    try (VectorStore store = store(config)) {
      return DocumentCollection.existing(store, Embedders.of(config.memory()), name)
          .search(question, most);
    }
  }

  /** The collection {@code name} to be filled; not the one that plans are in. */
  public static DocumentCollection toFill(PipelineConfig config, String name) {
    if (name.equals(config.memory().planCollection())) {
      throw Failure.usage(
          "collection " + name + " is for plans and learnings", "choose another --collection");
    }
    return DocumentCollection.open(store(config), Embedders.of(config.memory()), name);
  }

  static VectorStore store(PipelineConfig config) {
    return VectorStores.of(config.memory(), Workspace.of(config.model()).memory());
  }
}
