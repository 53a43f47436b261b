package dev.pipeline.export.tokenizer;

import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.StoredWeights;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.tokenizer.PhiThreeName;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A model's tokenizer in GGUF's {@code tokenizer.*} keys, as llama.cpp's converter writes them, but
 * for one: where the chat template writes the first token itself, the file does not ask for
 * another.
 *
 * @see <a
 *     href="https://github.com/ggml-org/llama.cpp/blob/b4916/convert_hf_to_gguf.py">convert_hf_to_gguf.py</a>
 */
public final class GgufTokenizer {
  private static final String NAME = "general.name";
  private static final String ADD_BOS = "tokenizer.ggml.add_bos_token";

  private final JsonNode tokenizer;
  private final TokenTable tokens;
  private final TokenizerKind kind;
  private final SpecialTokens special;

  private GgufTokenizer(ModelFolder folder, int vocabulary) {
    String origin = folder.path().resolve("tokenizer.json").toString();
    tokenizer = folder.json("tokenizer.json");
    if (!tokenizer.path("model").path("type").asString("").equals("BPE")) {
      throw Failure.refused(
          origin + " holds a model of type " + tokenizer.path("model").path("type") + ", not BPE",
          "use a model with a byte-level or SentencePiece BPE tokenizer");
    }
    tokens = TokenTable.read(tokenizer, origin, vocabulary);
    kind =
        SentencePieceBpe.fits(tokenizer)
            ? SentencePieceBpe.read(tokenizer, origin, tokens)
            : ByteLevelBpe.read(tokenizer, origin, tokens);
    special =
        new SpecialTokens(folder.config(), folder.json("tokenizer_config.json"), tokenizer, tokens);
  }

  /**
   * {@code metadata}, whose name may change by a sign, with the tokenizer and chat template of
   * {@code folder}. A base that is a GGUF itself keeps its tokenizer to the letter.
   *
   * @param vocabulary rows of the model's embedding
   * @param template the chat template
   */
  public static GgufMetadata add(
      GgufMetadata metadata, ModelFolder folder, int vocabulary, ChatTemplate template) {
    GgufMetadata result =
        folder.weights() instanceof StoredWeights.Gguf gguf
            ? copied(metadata, gguf.file().metadata())
            : new GgufTokenizer(folder, vocabulary).addTo(metadata);
    result = result.with("tokenizer.chat_template", GgufValue.text(template.source()));
    return template.writesBeginning() ? result.with(ADD_BOS, GgufValue.truth(false)) : result;
  }

  /**
   * Where llama.cpp cuts text into other tokens than tokenizer.json, a sentence each: it "cuts
   * words beyond ASCII in other places".
   */
  public static List<String> differences(ModelFolder folder, int vocabulary) {
    if (folder.weights() instanceof StoredWeights.Gguf) {
      return List.of();
    }
    GgufTokenizer read = new GgufTokenizer(folder, vocabulary);
    List<String> differences = new ArrayList<>(read.kind.differences());
    new WhiteSpace(read.tokenizer, read.tokens).difference().ifPresent(differences::add);
    return differences;
  }

  private static GgufMetadata copied(GgufMetadata metadata, GgufMetadata base) {
    GgufMetadata result = named(metadata, swallows(base));
    for (var entry : base.values().entrySet()) {
      if (entry.getKey().startsWith("tokenizer.")) {
        result = result.with(entry.getKey(), entry.getValue());
      }
    }
    return result;
  }

  private GgufMetadata addTo(GgufMetadata metadata) {
    boolean swallows = new WhiteSpace(tokenizer, tokens).isPhiThree();
    return special.addTo(kind.addTo(named(metadata, swallows)));
  }

  private static boolean swallows(GgufMetadata base) {
    return base.find(NAME).isPresent() && PhiThreeName.swallowsSpace(base.text(NAME));
  }

  private static GgufMetadata named(GgufMetadata metadata, boolean swallowsSpace) {
    return metadata.find(NAME).isEmpty()
        ? metadata
        : metadata.with(NAME, GgufValue.text(PhiThreeName.of(metadata.text(NAME), swallowsSpace)));
  }
}
