package dev.pipeline.chat;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** How a model talks: its tokenizer and chat template, loaded from a Hugging Face folder. */
public final class ChatModel implements AutoCloseable {
  private static final String FIX = "restore the tokenizer files of the model folder";

  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final List<String> controlTokens;
  private final boolean altersControlTokens;

  private ChatModel(
      Tokenizer tokenizer,
      ChatTemplate template,
      List<String> controlTokens,
      boolean altersControlTokens) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.controlTokens = controlTokens;
    this.altersControlTokens = altersControlTokens;
  }

  /** Loads tokenizer.json and the chat template of tokenizer_config.json or chat_template.jinja. */
  public static ChatModel open(Path folder) {
    return open(folder, ChatFormat.OF_FOLDER);
  }

  /** The same, where {@code format} has a say in the template. */
  public static ChatModel open(Path folder, ChatFormat format) {
    JsonNode config = read(folder.resolve("tokenizer_config.json"));
    ChatTemplate template =
        new ChatTemplate(
            format.template(templateOf(folder, config)).orElseThrow(() -> noTemplate(folder)),
            tokenText(config.path("bos_token")),
            tokenText(config.path("eos_token")));
    List<String> control = new ArrayList<>();
    JsonNode json = read(folder.resolve("tokenizer.json"));
    boolean altered = false;
    for (JsonNode token : json.path("added_tokens")) {
      String text = token.path("content").asString("");
      boolean frames = text.equals(template.bosToken()) || text.equals(template.eosToken());
      if (frames || token.path("special").asBoolean(false)) {
        control.add(text);
        altered |= json.path("normalizer").isObject() && token.path("normalized").asBoolean(false);
      }
    }
    Tokenizer tokenizer = Tokenizer.open(folder.resolve("tokenizer.json"));
    try {
      requireRows(folder, tokenizer);
      GenerationPrompt.require(template, control);
      return new ChatModel(tokenizer, template, List.copyOf(control), altered);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** An id beyond the embedding has no row there. */
  private static void requireRows(Path folder, Tokenizer tokenizer) {
    Path file = folder.resolve("config.json");
    int rows = Files.isRegularFile(file) ? read(file).path("vocab_size").asInt(0) : 0;
    if (rows > 0 && tokenizer.size() > rows) {
      throw Failure.refused(
          "%s: tokenizer.json has ids up to %d, but vocab_size of config.json is %d"
              .formatted(folder, tokenizer.size() - 1, rows),
          "restore tokenizer.json and config.json of the same model");
    }
  }

  /** The tokenizer. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The chat template. */
  public ChatTemplate template() {
    return template;
  }

  /** Tokens such as {@code <|im_end|>} that no message may contain. */
  public List<String> controlTokens() {
    return controlTokens;
  }

  /**
   * Renders a conversation whose last message is the answer to learn.
   *
   * <p>The mask comes from the rendering itself: what the template writes after the generation
   * prompt is learned, and that is the answer and its terminator. Positions decide, never token
   * ids, so a terminator that doubles as padding is learned all the same.
   */
  public TrainingExample example(String id, List<ChatMessage> messages) {
    messages.forEach(message -> refuseControlTokens(id, message));
    String prompt = template.render(messages.subList(0, messages.size() - 1), true);
    String whole = template.render(messages, false);
    if (!whole.startsWith(prompt)) {
      throw Failure.refused(
          "row " + id + ": the chat template renders the answer differently from its prompt",
          "use a template whose generation prompt is what precedes an assistant message");
    }
    Tokenizer.Offsets tokens = tokenizer.encodeWithOffsets(whole);
    int boundary = prompt.codePointCount(0, prompt.length());
    int first = 0;
    while (first < tokens.starts().length && tokens.starts()[first] < boundary) {
      first++;
    }
    return new TrainingExample(id, tokens.ids(), first);
  }

  /** The control token that {@code text} would be read as, which would end or forge a message. */
  public Optional<String> controlTokenIn(String text) {
    String read = altersControlTokens ? tokenizer.decode(tokenizer.encode(text)) : text;
    return controlTokens.stream()
        .filter(token -> text.contains(token) || read.contains(token))
        .findFirst();
  }

  private void refuseControlTokens(String id, ChatMessage message) {
    controlTokenIn(message.content())
        .ifPresent(
            token -> {
              throw Failure.refused(
                  "row %s: the %s text contains the control token %s"
                      .formatted(id, message.role(), token),
                  "remove it from the row; it would end or forge a message");
            });
  }

  private static Failure noTemplate(Path folder) {
    return Failure.refused(
        folder + ": tokenizer_config.json has no chat_template",
        "restore the tokenizer files of the model folder, or name the model with known_as, or give"
            + " prompt_format");
  }

  private static Optional<String> templateOf(Path folder, JsonNode config) {
    Path file = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(file)) {
      try {
        return Optional.of(Files.readString(file));
      } catch (IOException e) {
        throw Failure.refused("cannot read " + file + ": " + e.getMessage(), FIX);
      }
    }
    JsonNode template = config.path("chat_template");
    if (template.isArray()) {
      for (JsonNode named : template) {
        if (named.path("name").asString("").equals("default")) {
          template = named.path("template");
        }
      }
    }
    return template.stringValueOpt();
  }

  private static String tokenText(JsonNode token) {
    return token.isObject() ? token.path("content").asString("") : token.asString("");
  }

  private static JsonNode read(Path file) {
    try {
      return Json.mapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file, FIX);
    } catch (JacksonException e) {
      throw Failure.refused(file + " is not JSON: " + Json.fault(e), FIX);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
