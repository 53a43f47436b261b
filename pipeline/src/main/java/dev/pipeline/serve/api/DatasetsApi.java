package dev.pipeline.serve.api;

import dev.pipeline.serve.look.DatasetShelf;
import dev.pipeline.serve.look.DatasetView;
import dev.pipeline.serve.look.RejectedPage;
import dev.pipeline.serve.look.RowsPage;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/datasets}. */
@RestController
@RequestMapping("/api/datasets")
public final class DatasetsApi {
  private final DatasetShelf shelf;

  /** Of the datasets on {@code shelf}. */
  public DatasetsApi(DatasetShelf shelf) {
    this.shelf = shelf;
  }

  @Operation(summary = "Every version of every dataset, with counts and card")
  @GetMapping
  List<DatasetView> list() {
    return shelf.list();
  }

  @Operation(summary = "One version; kind is curated or preferences")
  @GetMapping("/{kind}/{name}/{version}")
  DatasetView show(
      @PathVariable String kind, @PathVariable String name, @PathVariable String version) {
    return shelf.find(kind, name, version).orElseThrow(Missing.of("such dataset"));
  }

  @Operation(summary = "Rows of a version, a page at a time; part is train or validation")
  @GetMapping("/{kind}/{name}/{version}/rows")
  RowsPage rows(
      @PathVariable String kind,
      @PathVariable String name,
      @PathVariable String version,
      @RequestParam(defaultValue = "train") String part,
      @RequestParam(defaultValue = "1") int page) {
    return shelf.rows(kind, name, version, part, page).orElseThrow(Missing.of("such dataset"));
  }

  @Operation(summary = "What a version left out and why, a page at a time")
  @GetMapping("/{kind}/{name}/{version}/rejected")
  RejectedPage rejected(
      @PathVariable String kind,
      @PathVariable String name,
      @PathVariable String version,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "1") int page) {
    return shelf
        .rejected(kind, name, version, reason, page)
        .orElseThrow(Missing.of("such dataset"));
  }
}
