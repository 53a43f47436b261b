package dev.pipeline.embed;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ONNX Runtime and PyTorch each bring threads and arithmetic of their own into one process. */
@Tag("recipe")
class MiniLmBesideTheEngineTest {
  @Test
  void neitherDisturbsTheOther() {
    Embedder embedder = new MiniLmEmbedder();
    float[] before = embedder.embed("Could you send the log?");

    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray ones = manager.ones(new Shape(300, 300));
      float sum = ones.matMul(ones).sum().getFloat();
      assertThat(sum).isEqualTo(300f * 300 * 300);
      assertThat(embedder.embed("Could you send the log?")).isEqualTo(before);
      assertThat(ones.matMul(ones).sum().getFloat()).isEqualTo(sum);
    }
  }
}
