package dev.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.TinyModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("recipe")
class LoadCheckTest {
  private static final TinyModel MODEL = TinyModel.like("phi3", 2, GgmlType.F16);

  @TempDir Path folder;

  @Test
  void generatesWithAQuantisedModel() {
    Path full = write(MODEL.metadata());
    Path small = folder.resolve("small.gguf");
    new KernelQuantiser(2).quantise(full, small, FileType.Q4_K_M, share -> {});

    assertThat(LoadCheck.check(LlamaBuild.SHIPPED, small, "hello world", 2).promptTokens())
        .isPositive();
  }

  @Test
  void refusesWhatQuantisesButDoesNotLoad() {
    refusal(MODEL.metadata().with("phi3.block_count", GgufValue.uint32(3)), "cannot load");
    refusal(MODEL.metadata().with("phi3.attention.head_count", GgufValue.uint32(0)), "wrong shape");
    refusal(
        MODEL.metadata().with("tokenizer.ggml.pre", GgufValue.text("unheard-of")), "unheard-of");
  }

  @Test
  void refusesSpecialTokensOutsideTheVocabulary() {
    refusal(
        MODEL.metadata().with("tokenizer.ggml.bos_token_id", GgufValue.uint32(320)),
        "tokenizer.ggml.bos_token_id is 320 in a vocabulary of 320");
  }

  private void refusal(GgufMetadata metadata, String reason) {
    Path file = write(metadata);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> LoadCheck.check(LlamaBuild.SHIPPED, file, "hello", 1))
        .withMessageContaining(reason);
  }

  private Path write(GgufMetadata metadata) {
    Path file = folder.resolve("model.gguf");
    GgufWriter.write(file, metadata, MODEL.tensors());
    return file;
  }
}
