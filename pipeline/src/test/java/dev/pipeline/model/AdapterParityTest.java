package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.safetensors.SafetensorsFile;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shipped base with an adapter that we trained, against transformers and PEFT with the same
 * files; {@code scripts/peers/adapter_logits.sh} makes both.
 */
@Tag("recipe")
class AdapterParityTest {
  private static final Path BASE = Path.of("../artifacts/base");
  private static final Path GOLDEN = Path.of("src/test/resources/golden/adapter");
  private static final Path LOGITS = GOLDEN.resolve("peft_logits.safetensors");
  private static final float TOLERANCE = 1e-4f;

  private static Torch torch;
  private static Decoder decoder;
  private static LoraAdapter adapter;
  private static SafetensorsFile golden;

  @BeforeAll
  static void load() {
    torch = Torch.open("cpu", 1);
    decoder = DecoderLoader.load(torch, ModelFolder.open(BASE), 256);
    adapter =
        LoraAdapter.of(
            torch,
            decoder.architecture(),
            decoder.shape(),
            AdapterFolder.readSpec(GOLDEN),
            AdapterFolder.readMatrices(GOLDEN));
    golden = SafetensorsFile.open(LOGITS);
  }

  @AfterAll
  static void close() {
    adapter.close();
    decoder.close();
    torch.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void tokensAreThoseOfTransformers(int prompt) {
    try (ChatModel chat = ChatModel.open(BASE)) {
      String text = chat.template().render(List.of(ChatMessage.user(prompt(prompt))), true);
      assertThat(chat.tokenizer().encode(text)).containsExactly(ids(prompt));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void logitsAreThoseOfTransformersAndPeft(int prompt) {
    assertThat(logits(prompt, null)).containsExactly(floats("base_" + prompt), within(TOLERANCE));
    assertThat(logits(prompt, adapter))
        .containsExactly(floats("tuned_" + prompt), within(TOLERANCE));
  }

  @Test
  void theAdapterIsWorthComparing() {
    float[] base = floats("base_0");
    float[] tuned = floats("tuned_0");
    double largest = 0;
    for (int i = 0; i < base.length; i++) {
      largest = Math.max(largest, Math.abs(base[i] - tuned[i]));
    }
    assertThat(largest).as("change of a logit by the adapter").isGreaterThan(1000 * TOLERANCE);
  }

  /** Logits of the last four positions. */
  private static float[] logits(int prompt, @Nullable LoraAdapter adapter) {
    long[] ids = ids(prompt);
    try (Scope scope = torch.root().inner()) {
      float[] all =
          torch.withoutGradient(
              () -> {
                Tensor x = decoder.embed(scope, scope.longs(ids, 1, ids.length));
                for (int layer = 0; layer < decoder.layerCount(); layer++) {
                  x = decoder.layer(scope, layer, x, adapter, 0);
                }
                return decoder.logits(scope, x).toFloats();
              });
      return Arrays.copyOfRange(all, all.length - 4 * decoder.shape().vocabulary(), all.length);
    }
  }

  private static String prompt(int prompt) {
    ByteBuffer text = golden.tensor("text_" + prompt).map();
    return StandardCharsets.UTF_8.decode(text).toString();
  }

  private static long[] ids(int prompt) {
    TensorEntry entry = golden.tensor("ids_" + prompt);
    long[] ids = new long[(int) entry.elements()];
    entry.map().asLongBuffer().get(ids);
    return ids;
  }

  private static float[] floats(String name) {
    TensorEntry entry = golden.tensor(name);
    float[] values = new float[(int) entry.elements()];
    entry.map().asFloatBuffer().get(values);
    return values;
  }
}
