package dev.pipeline.serve.page;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.release.ReleaseView;
import dev.pipeline.serve.look.DatasetShelf;
import dev.pipeline.serve.look.DatasetView;
import dev.pipeline.serve.look.LineageDesk;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What something came of, and what came of it. */
@Hidden
@RestController
public final class LineagePages {
  private static final int LONGEST_NAME = 200;

  private final Pages pages;
  private final LineageDesk desk;
  private final DatasetShelf shelf;
  private final Workspace workspace;

  /** The ways that {@code desk} tells. */
  public LineagePages(Pages pages, LineageDesk desk, DatasetShelf shelf, Workspace workspace) {
    this.pages = pages;
    this.desk = desk;
    this.shelf = shelf;
    this.workspace = workspace;
  }

  @GetMapping("/lineage")
  ResponseEntity<String> lineage(
      @RequestParam(defaultValue = "") String of,
      @RequestParam(defaultValue = "false") boolean verify) {
    String asked = of.strip();
    if (asked.isEmpty()) {
      return page(200, asked, Optional.empty(), "");
    }
    if (asked.length() > LONGEST_NAME) {
      return page(400, "", Optional.empty(), "A name is not that long.");
    }
    try {
      return page(200, asked, Optional.of(Way.of(desk.walk(asked, verify), shelf)), "");
    } catch (Failure failure) {
      return page(
          failure.exitCode() == ExitCode.USAGE ? 404 : 503,
          asked,
          Optional.empty(),
          failure.reason() + "; " + failure.fix());
    }
  }

  private ResponseEntity<String> page(int status, String asked, Optional<Way> way, String trouble) {
    List<Integer> releases =
        way.isPresent()
            ? List.of()
            : ReleaseView.of(workspace.model()).releases().stream()
                .map(ReleaseView.Line::version)
                .toList();
    List<DatasetView> datasets = way.isPresent() ? List.of() : shelf.list();
    return pages.page(
        status,
        "lineage",
        "Lineage",
        "lineage",
        Map.of(
            "asked", asked,
            "way", way,
            "trouble", trouble,
            "releases", releases,
            "datasets", datasets));
  }
}
