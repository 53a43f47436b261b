package dev.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.TinyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("recipe")
class LlamaServedModelTest {
  @TempDir Path folder;

  @Test
  void anAnswerEndsBeforeAStopWordAndNotByItself() {
    Path gguf = folder.resolve("tiny.gguf");
    TinyModel model = TinyModel.like("phi3", 2, GgmlType.F16);
    GgufWriter.write(gguf, model.metadata(), model.tensors());
    String whole = answer(gguf, List.of()).text();
    String stop = whole.substring(whole.length() / 2, whole.length() / 2 + 1);

    Answer stopped = answer(gguf, List.of("never written", stop));

    assertThat(stopped.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)).strip());
    assertThat(stopped.endedByItself()).isFalse();
  }

  private static Answer answer(Path gguf, List<String> stopWords) {
    try (LlamaServedModel served =
        LlamaServedModel.load(LlamaBuild.SHIPPED, gguf, 64, 1, stopWords)) {
      return served.generate("hello", new Sampling(1.5, 0.95, 12, 1));
    }
  }
}
