package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.fetch.FetchResult.State;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fetch relies on, of the stand-in and of a real hub alike. */
interface HubContract {
  String endpoint();

  /** A small public model with a config.json. */
  String model();

  /** What the environment gives a fetch. */
  default Fetching fetching(Path folder) {
    Fetching fetching = new Fetching(endpoint(), folder);
    fetching.environment.putAll(System.getenv());
    fetching.model = model();
    return fetching;
  }

  @Test
  default void aFileComesInRangesAndIsWhatTheListingSays(@TempDir Path folder) throws IOException {
    Fetching fetching = fetching(folder);
    fetching.choice = new FileChoice(List.of("config.json"), List.of());
    fetching.chunkBytes = 100;

    FetchResult result = fetching.run();

    assertThat(result.state()).isEqualTo(State.FETCHED);
    assertThat(result.files()).hasSize(1);
    assertThat(FetchTest.visible(result.folder())).containsExactly("config.json", "fetch.json");
    assertThat(fetching.run().state()).isEqualTo(State.ALREADY_THERE);
  }

  @Test
  default void theWholeModelComesAndIsVerified(@TempDir Path folder) {
    Fetching fetching = fetching(folder);

    FetchResult result = fetching.run();

    assertThat(result.files()).extracting(HubFile::path).contains("config.json");
    assertThat(result.files()).anyMatch(HubFile::isSafetensors);
    fetching.verify = true;
    assertThat(fetching.run().state()).isEqualTo(State.ALREADY_THERE);
  }

  @Test
  default void aModelThatIsNotThereIsNamed(@TempDir Path folder) {
    Fetching fetching = fetching(folder);
    fetching.model = model() + "-that-nobody-ever-uploaded";

    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("shows no model " + fetching.model);
  }

  @Test
  default void aRevisionThatIsNotThereIsNamed(@TempDir Path folder) {
    Fetching fetching = fetching(folder);
    fetching.model = model() + "@no-such-branch";

    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no revision \"no-such-branch\"");
  }
}
