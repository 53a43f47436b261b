package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.documents.DocumentCollection;
import dev.pipeline.embed.Embedders;
import dev.pipeline.io.Failure;
import dev.pipeline.vectors.VectorStore;
import dev.pipeline.vectors.VectorStores;

/** The collections of documents that a configuration names. */
public final class DocumentCollections {
  private DocumentCollections() {}

  /** The collection {@code name}, which must exist. */
  public static DocumentCollection of(PipelineConfig config, String name) {
    return DocumentCollection.existing(store(config), Embedders.of(config.memory()), name);
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
