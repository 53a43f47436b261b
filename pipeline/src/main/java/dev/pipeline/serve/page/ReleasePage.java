package dev.pipeline.serve.page;

import dev.pipeline.io.Failure;
import dev.pipeline.release.ReleaseView;
import dev.pipeline.serve.look.DatasetShelf;
import dev.pipeline.serve.look.LineageDesk;
import java.util.Optional;

/**
 * What the page of a release shows.
 *
 * @param way from the raw files to the GGUFs, the name at Ollama and the plan; empty where the
 *     files that tell it are damaged
 * @param trouble why there is no way, in a sentence; empty where there is one
 */
public record ReleasePage(ReleaseView.Line line, Optional<Way> way, String trouble) {
  static ReleasePage of(ReleaseView.Line line, LineageDesk lineage, DatasetShelf shelf) {
    try {
      Way way = Way.of(lineage.walk("release:" + line.version(), false), shelf);
      return new ReleasePage(line, Optional.of(way), "");
    } catch (Failure damaged) {
      return new ReleasePage(line, Optional.empty(), damaged.reason() + "; " + damaged.fix());
    }
  }
}
