package dev.pipeline.train;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.chat.Tokenizer;
import dev.pipeline.export.GgufExport;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.tokenizer.GgufTokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One row of a table: how far pipeline's tokenizer, GGUF and chat template agree with what Hugging Face's libraries wrote into
 * expected.json. published_tokenizers.sh calls it.
 *
 * <pre>
 * PublishedTokenizers FOLDER
 * </pre>
 */
public final class PublishedTokenizers {
  private static final int EXAMPLES = 2;

  private final Path folder;
  private final JsonNode expected;
  private final List<String> texts;
  private final List<String> notes = new ArrayList<>();

  private PublishedTokenizers(Path folder) throws IOException {
    this.folder = folder;
    this.expected = Json.mapper().readTree(Files.readString(folder.resolve("expected.json")));
    this.texts = expected.path("texts").valueStream().map(JsonNode::asString).toList();
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    PublishedTokenizers published = new PublishedTokenizers(folder);
    System.out.println("| " + folder.getFileName() + " | " + published.row() + " |");
    published.notes.forEach(note -> System.out.println("    " + note));
  }

  private String row() throws IOException {
    String chats = chats();
    long started = System.nanoTime();
    try (Tokenizer tokenizer = Tokenizer.open(folder.resolve("tokenizer.json"))) {
      long milliseconds = (System.nanoTime() - started) / 1_000_000;
      int ids = differing("ids", (i, text) -> same(expected.path("ids").path(i), tokenizer.encode(text)));
      int places =
          differing("places", (i, text) -> same(expected.path("starts").path(i), wide(tokenizer.encodeWithOffsets(text).starts())));
      int back =
          differing("text back", (i, text) -> expected.path("decoded").path(i).asString().equals(tokenizer.decode(tokenizer.encode(text))));
      return "%d ms | %d | %d | %d | %d | %s | %s".formatted(milliseconds, texts.size(), ids, places, back, chats, throughGguf());
    } catch (Failure e) {
      return "refused: " + e.getMessage() + " | " + chats;
    }
  }

  private String throughGguf() throws IOException {
    long size = vocabulary();
    RandomModel.main(
        new String[] {folder.toString(), "LlamaForCausalLM", "64", "1", "64", "1", Long.toString(size)});
    Path gguf = folder.resolve("exported.gguf");
    try (Torch torch = Torch.open("cpu", 1);
        GgufExport export = new GgufExport(torch, ModelFolder.open(folder))) {
      GgufExport.preflight(ModelFolder.open(folder)).forEach(told -> notes.add("told: " + told));
      export.write(gguf, java.util.Optional.empty(), "published");
    } catch (Failure e) {
      return "refused: " + e.getMessage();
    }
    Path rebuilt = folder.resolve("rebuilt.json");
    Files.writeString(rebuilt, Json.line(GgufTokenizerFiles.of(GgufFile.open(gguf).metadata()).tokenizer()));
    try (LlamaProcess llama = LlamaProcess.start();
        Tokenizer tokenizer = Tokenizer.open(rebuilt)) {
      int again = differing("rebuilt", (i, text) -> same(expected.path("ids").path(i), tokenizer.encode(text)));
      llama.load(gguf, 64, 1);
      int other = differing("llama.cpp", (i, text) -> same(expected.path("ids").path(i), wide(llama.tokenize(text, true))));
      return again + " | " + other;
    } finally {
      Files.delete(gguf);
      Files.delete(folder.resolve("model.safetensors"));
    }
  }

  private long vocabulary() throws IOException {
    JsonNode tokenizer = Json.mapper().readTree(Files.readString(folder.resolve("tokenizer.json")));
    return 1
        + Stream.concat(
                tokenizer.path("model").path("vocab").valueStream(),
                tokenizer.path("added_tokens").valueStream().map(token -> token.path("id")))
            .mapToLong(JsonNode::asLong)
            .max()
            .orElse(0);
  }

  private String chats() throws IOException {
    JsonNode config = Json.mapper().readTree(Files.readString(folder.resolve("tokenizer_config.json")));
    ChatTemplate template =
        new ChatTemplate(config.path("chat_template").asString(), text(config, "bos_token"), text(config, "eos_token"));
    int differing = 0;
    for (JsonNode chat : expected.path("chats")) {
      List<ChatMessage> messages =
          chat.path("messages").valueStream()
              .map(message -> new ChatMessage(message.path("role").asString(), message.path("content").asString()))
              .toList();
      String rendered;
      try {
        rendered = template.render(messages, chat.path("prompt").asBoolean());
      } catch (Failure e) {
        rendered = null;
        if (!chat.path("text").isNull()) {
          notes.add("chat: " + e.getMessage());
        }
      }
      if (!java.util.Objects.equals(rendered, chat.path("text").stringValueOpt().orElse(null))) {
        differing++;
        notes.add("chat: " + Json.line(chat.path("text")) + " but " + (rendered == null ? "none" : Json.line(rendered)));
      }
    }
    return differing + " of " + expected.path("chats").size();
  }

  private static String text(JsonNode config, String name) {
    JsonNode token = config.path(name);
    return token.isObject() ? token.path("content").asString("") : token.asString("");
  }

  private int differing(String what, BiPredicate<Integer, String> same) {
    List<Integer> differing = IntStream.range(0, texts.size()).filter(i -> !same.test(i, texts.get(i))).boxed().toList();
    differing.stream()
        .sorted((one, other) -> texts.get(one).length() - texts.get(other).length())
        .limit(EXAMPLES)
        .forEach(i -> notes.add(what + ": " + Json.line(texts.get(i)) + " is " + expected.path("ids").path(i)));
    return differing.size();
  }

  private static boolean same(JsonNode numbers, long[] found) {
    return Arrays.equals(numbers.valueStream().mapToLong(JsonNode::asLong).toArray(), found);
  }

  private static long[] wide(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }
}
