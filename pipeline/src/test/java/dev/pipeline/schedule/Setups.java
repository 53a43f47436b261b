package dev.pipeline.schedule;

import dev.pipeline.config.TimetableConfig;
import java.nio.file.Path;
import java.util.List;

/** Setups with paths that need quoting. */
final class Setups {
  static final String HARD = "/srv/my models/it's 100% $HOME \"here\"";

  private Setups() {}

  static Setup in(String root) {
    return in(root, new TimetableConfig("Europe/Berlin", "06:30", 1, "02:00"));
  }

  static Setup in(String root, TimetableConfig timetable) {
    return new Setup(
        "demo-joshi",
        Path.of(root),
        Path.of(root, "scripts", "pipeline"),
        List.of("--config", "configs/my demo", "--set", "plan_text=50% off"),
        timetable);
  }
}
