package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.chat.TrickyTexts;
import dev.pipeline.export.FileType;
import dev.pipeline.export.GgufExport;
import dev.pipeline.export.KernelQuantiser;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.AdamWSettings;
import dev.pipeline.train.Batching;
import dev.pipeline.train.SftRecipe;
import dev.pipeline.train.TrainingMonitor;
import dev.pipeline.train.TrainingSettings;
import dev.pipeline.weights.Float16;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.ollama.OllamaStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped base model, exported to GGUF, comes back as the model it was. */
@Tag("recipe")
class GgufBaseTest {
  private static final Path BASE = Path.of("../artifacts/base");

  @TempDir static Path folder;
  private static Torch torch;
  private static ModelFolder base;
  private static ModelFolder back;

  @BeforeAll
  static void export() {
    torch = Torch.open("cpu", 1);
    base = ModelFolder.open(BASE);
    try (GgufExport export = new GgufExport(torch, base)) {
      export.write(folder.resolve("base.gguf"), Optional.empty(), "base");
    }
    back = open("base.gguf");
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  @Test
  void theSizesAreThoseOfTheOriginalConfig() {
    assertThat(shape(back)).isEqualTo(shape(base));
    for (String key : List.of("architectures", "bos_token_id", "eos_token_id", "pad_token_id")) {
      assertThat(back.config().get(key)).as(key).isEqualTo(base.config().get(key));
    }
  }

  @Test
  void everyWeightIsTheOriginalRoundedToHalfPrecisionOnce() {
    try (Decoder original = DecoderLoader.load(torch, base, 16);
        Decoder decoder = DecoderLoader.load(torch, back, 16)) {
      assertThat(decoder.weights().keySet()).containsExactlyElementsOf(original.weights().keySet());
      decoder
          .weights()
          .forEach(
              (name, tensor) -> {
                float[] expected = Objects.requireNonNull(original.weights().get(name)).toFloats();
                for (int i = 0; tensor.shape().length > 1 && i < expected.length; i++) {
                  expected[i] = Float16.toFloat(Float16.of(expected[i]));
                }
                assertThat(tensor.toFloats()).as(name).isEqualTo(expected);
              });
    }
  }

  @Test
  void textBecomesTheSameTokens() {
    try (ChatModel original = ChatModel.open(BASE);
        ChatModel chat = ChatModel.open(back.path())) {
      for (String text : TrickyTexts.random(1_000)) {
        long[] ids = original.tokenizer().encode(text);
        assertThat(chat.tokenizer().encode(text)).as(text).containsExactly(ids);
        assertThat(chat.tokenizer().decode(ids)).isEqualTo(original.tokenizer().decode(ids));
      }
      assertThat(chat.controlTokens()).containsExactlyElementsOf(original.controlTokens());
      List<ChatMessage> messages = List.of(ChatMessage.user("What about 3 EUR?"));
      assertThat(chat.template().render(messages, true))
          .isEqualTo(original.template().render(messages, true));
    }
  }

  @Test
  void exportingItAgainGivesTheSameFile() {
    Path again = folder.resolve("again.gguf");
    try (GgufExport export = new GgufExport(torch, back)) {
      export.write(again, Optional.empty(), "base");
    }
    assertThat(again).hasSameBinaryContentAs(folder.resolve("base.gguf"));
  }

  @Test
  void ollamaKeepsTheSameModelUnderItsDigest() throws IOException {
    Path gguf = folder.resolve("base.gguf");
    Path store = folder.resolve("ollama");
    String digest = Hashes.sha256(gguf);
    Path blob = store.resolve("blobs/sha256-" + digest);
    Path manifest = store.resolve("manifests/registry.ollama.ai/library/phi4/latest");
    Files.createDirectories(blob.getParent());
    Files.createDirectories(manifest.getParent());
    Files.copy(gguf, blob);
    Files.writeString(
        manifest,
        "{\"layers\":[{\"mediaType\":\"application/vnd.ollama.image.model\","
            + "\"digest\":\"sha256:%s\",\"size\":%d}]}".formatted(digest, Files.size(gguf)));
    Path cache = folder.resolve("ollama-cache");

    Path model = BaseModels.folder(Path.of("ollama:phi4"), new OllamaStore(store), cache);

    DecoderLoader.validate(ModelFolder.open(model));
    assertThat(shape(ModelFolder.open(model))).isEqualTo(shape(base));
    AtomicFiles.deleteRecursively(cache);
    try (FileChannel channel = FileChannel.open(blob, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), channel.size() - 1);
    }
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> BaseModels.folder(Path.of("ollama:phi4"), new OllamaStore(store), cache))
        .withMessageContaining("is damaged");
    assertThat(cache).doesNotExist();
  }

  @Test
  void weightsOfLayersThatTheKeysLeaveOutAreRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("base.gguf"));
    String key = "phi3.block_count";
    int type = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(key) + key.length();
    bytes[type + Integer.BYTES]--;
    Files.write(folder.resolve("fewer.gguf"), bytes);
    ModelFolder fewer = open("fewer.gguf");
    int layers = shape(fewer).layers();
    assertThat(layers).isEqualTo(shape(base).layers() - 1);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> DecoderLoader.validate(fewer))
        .withMessageContaining(
            "has blk.%d.attn_norm.weight, but the config says there are only %d layers"
                .formatted(layers, layers));
  }

  @Test
  void quantisedToEightBitsItStillTrains() {
    for (FileType type : List.of(FileType.Q8_0, FileType.Q4_K_M)) {
      String name = "base-" + type + ".gguf";
      new KernelQuantiser(2)
          .quantise(folder.resolve("base.gguf"), folder.resolve(name), type, share -> {});
      ModelFolder quantised = open(name);
      DecoderLoader.validate(quantised);
      TrainingSettings settings =
          new TrainingSettings(
              11, 6, Batching.padded(4, 1), 1e-2, 2, AdamWSettings.defaults(), false, 4, 2, 0, 0);
      LoraSpec lora = new LoraSpec(4, 8, 0.0, List.of(LoraSpec.ALL_LINEAR));
      Losses losses = new Losses();

      SftRecipe.Result result =
          new SftRecipe(torch, settings, lora, BasePrecision.COMPUTED, losses)
              .run(quantised, name, rows(), rows(), folder.resolve("run-" + type));

      assertThat(losses.holdOut.get(0)).as("the base knows something already").isLessThan(8);
      assertThat(result.bestLoss()).as(name).isLessThan(losses.holdOut.get(0) * 0.8);
    }
  }

  private static ModelFolder open(String gguf) {
    return ModelFolder.open(
        BaseModels.folder(folder.resolve(gguf), new OllamaStore(folder), folder.resolve("cache")));
  }

  private static DecoderShape shape(ModelFolder model) {
    return Architectures.of(model.config(), "test").shape(model.config(), "test");
  }

  private static List<TrainingExample> rows() {
    try (ChatModel chat = ChatModel.open(BASE)) {
      List<TrainingExample> rows = new ArrayList<>();
      for (int price = 10; price < 18; price++) {
        rows.add(
            chat.example(
                "row-" + price,
                List.of(
                    ChatMessage.user("We ask for EUR " + price + " per kg."),
                    new ChatMessage("assistant", "Understood. Let us settle at " + (price - 1)))));
      }
      return rows;
    }
  }

  private static final class Losses implements TrainingMonitor {
    private final List<Double> holdOut = new ArrayList<>();

    @Override
    public void step(Progress progress) {}

    @Override
    public void evaluated(int step, double loss, boolean best) {
      holdOut.add(loss);
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
