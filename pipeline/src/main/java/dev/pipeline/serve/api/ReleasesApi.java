package dev.pipeline.serve.api;

import dev.pipeline.jobs.Workspace;
import dev.pipeline.release.ReleaseView;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/releases}. */
@RestController
@RequestMapping("/api/releases")
public final class ReleasesApi {
  private final Workspace workspace;

  /** Of the model whose folders are {@code workspace}. */
  public ReleasesApi(Workspace workspace) {
    this.workspace = workspace;
  }

  @Operation(summary = "All releases, newest first, with digests and who let which one serve when")
  @GetMapping
  ReleaseView list() {
    return ReleaseView.of(workspace.model());
  }

  @Operation(summary = "One release")
  @GetMapping("/{version}")
  ReleaseView.Line show(@PathVariable int version) {
    return ReleaseView.of(workspace.model()).releases().stream()
        .filter(line -> line.version() == version)
        .findFirst()
        .orElseThrow(Missing.of("release " + version));
  }
}
