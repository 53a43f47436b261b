package dev.pipeline.export.llama;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pipeline.weights.gguf.GgmlType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the parent asks of the child, one JSON line each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operation")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Request.Describe.class, name = "describe"),
  @JsonSubTypes.Type(value = Request.Load.class, name = "load"),
  @JsonSubTypes.Type(value = Request.Tokenize.class, name = "tokenize"),
  @JsonSubTypes.Type(value = Request.Detokenize.class, name = "detokenize"),
  @JsonSubTypes.Type(value = Request.Generate.class, name = "generate"),
  @JsonSubTypes.Type(value = Request.Begin.class, name = "begin"),
  @JsonSubTypes.Type(value = Request.Advance.class, name = "advance"),
  @JsonSubTypes.Type(value = Request.Score.class, name = "score"),
  @JsonSubTypes.Type(value = Request.ScoreEndings.class, name = "scoreEndings"),
  @JsonSubTypes.Type(value = Request.Logits.class, name = "logits"),
  @JsonSubTypes.Type(value = Request.Quantise.class, name = "quantise"),
  @JsonSubTypes.Type(value = Request.WriteLogits.class, name = "writeLogits"),
  @JsonSubTypes.Type(value = Request.CompareLogits.class, name = "compareLogits"),
  @JsonSubTypes.Type(value = Request.Speed.class, name = "speed")
})
sealed interface Request {
  /** Loads the library alone; answered by its own words about the processor. */
  record Describe() implements Request {}

  /** Loads a model in place of the one before; answered by {@link ModelSummary}. */
  record Load(String path, Loading loading) implements Request {}

  /** Answered by token ids. */
  record Tokenize(String text, boolean parseSpecial) implements Request {}

  /** Answered by text. */
  record Detokenize(List<Integer> tokens) implements Request {}

  /** Answered by {@link Generation}. */
  record Generate(List<Integer> prompt, GenerateOptions options) implements Request {}

  /** Prepares rows; answered by how many tokens of a lone prompt are remembered. */
  record Begin(List<List<Integer>> prompts, GenerateOptions options) implements Request {}

  /** One llama_decode for the rows that go on; answered by the list of {@link Written}. */
  record Advance(List<Integer> dropped) implements Request {}

  /** Answered by the natural logarithms of the probabilities of the tokens from the first on. */
  record Score(List<Integer> tokens, int firstScored) implements Request {}

  /** Answered as {@link Score} is, a row an ending: its tokens, each given all before. */
  record ScoreEndings(List<Integer> tokens, List<List<Integer>> endings) implements Request {}

  /** Answered by the logits after the last token. */
  record Logits(List<Integer> tokens) implements Request {}

  /**
   * Writes {@code output}; reports progress, is answered by true.
   *
   * @param types target type by tensor name; a tensor that is not named is copied
   * @param fileType value of {@code general.file_type}
   * @param importance file of an importance matrix, or null
   */
  record Quantise(
      String input,
      String output,
      Map<String, GgmlType> types,
      int fileType,
      @Nullable String importance,
      int threads)
      implements Request {}

  /** Writes the logits of the tokens from the first scored on; answered by true. */
  record WriteLogits(List<Integer> tokens, int firstScored, String file) implements Request {}

  /** Answered by {@link LogitsComparison} with what {@link WriteLogits} wrote. */
  record CompareLogits(List<Integer> tokens, int firstScored, String file) implements Request {}

  /** Answered by {@link ModelSpeed}. */
  record Speed(List<Integer> prompt, int generated) implements Request {}
}
