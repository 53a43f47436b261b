package dev.pipeline.serve.api;

import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.evaluate.drift.DriftFolder;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/drift}. */
@RestController
@RequestMapping("/api/drift")
public final class DriftApi {
  private final DriftFolder drift;

  /** Of the days in {@code drift}. */
  public DriftApi(DriftFolder drift) {
    this.drift = drift;
  }

  @Operation(summary = "Every day on which drift was looked for, by day")
  @GetMapping
  List<DriftDay> history() {
    return drift.history();
  }

  @Operation(summary = "The last of them")
  @GetMapping("/latest")
  DriftDay latest() {
    List<DriftDay> days = drift.history();
    return days.stream()
        .skip(Math.max(0, days.size() - 1))
        .findFirst()
        .orElseThrow(Missing.of("look for drift yet; pipeline run drift makes one"));
  }
}
