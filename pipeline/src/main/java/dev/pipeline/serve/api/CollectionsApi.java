package dev.pipeline.serve.api;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.jobs.DocumentCollections;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/collections}. */
@RestController
public final class CollectionsApi {
  private final PipelineConfig config;

  /** Of the memory that {@code config} names. */
  public CollectionsApi(PipelineConfig config) {
    this.config = config;
  }

  @Operation(summary = "Names of the collections of documents that answers can rest on")
  @GetMapping("/api/collections")
  List<String> list() {
    return DocumentCollections.names(config);
  }
}
