package dev.pipeline.export.llama;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * llama.cpp in a child JVM: its native code may crash, hang or run out of memory without harm to
 * this one. Calls are answered one after the other; a dead child turns into a {@link Failure} with
 * its last words.
 */
public final class LlamaProcess implements AutoCloseable {
  /** Longer than loading the largest file from a slow disk takes. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final WorkerChannel channel;

  private LlamaProcess(WorkerChannel channel) {
    this.channel = channel;
  }

  /** Starts the child with the llama.cpp that ships; nothing is loaded yet. */
  public static LlamaProcess start() {
    return start(PATIENCE);
  }

  /** Starts the child with the libllama.so {@code own}, where there is one. */
  public static LlamaProcess start(Optional<Path> own) {
    return new LlamaProcess(WorkerChannel.start(PATIENCE, own));
  }

  /** Starts a child that is killed when it says nothing for {@code patience}. */
  public static LlamaProcess start(Duration patience) {
    return new LlamaProcess(WorkerChannel.start(patience, Optional.empty()));
  }

  /** Loads the library, and tells what of the processor it uses. */
  public String describe() {
    return channel.call(new Request.Describe(), String.class);
  }

  /**
   * Loads {@code gguf}, in place of the model before.
   *
   * @param contextTokens most tokens of a prompt and its answer together
   * @param threads of computation
   */
  public ModelSummary load(Path gguf, int contextTokens, int threads) {
    return load(gguf, Loading.plain(contextTokens, threads));
  }

  /** Loads {@code gguf}, in place of the model before. */
  public ModelSummary load(Path gguf, Loading loading) {
    return channel.call(
        new Request.Load(gguf.toAbsolutePath().toString(), loading), ModelSummary.class);
  }

  /**
   * Prepares to continue {@code prompts} side by side; at most as many as the model was loaded for.
   * The stop texts of {@code options} are the caller's to find.
   *
   * @return tokens of a lone prompt that the model remembers from the one before
   */
  public int begin(List<int[]> prompts, GenerateOptions options) {
    List<List<Integer>> lists = prompts.stream().map(LlamaProcess::list).toList();
    return channel.call(new Request.Begin(lists, options), Integer.class);
  }

  /**
   * Ends the rows {@code dropped}, then reads on in the prompts or adds a token to each row.
   *
   * @return what was written; nothing while prompts are read, and when all rows have ended
   */
  public List<Written> advance(List<Integer> dropped) {
    return List.of(channel.call(new Request.Advance(dropped), Written[].class));
  }

  /**
   * Token ids of {@code text}; no BOS is added.
   *
   * @param parseSpecial whether {@code <|im_end|>} and the like are one token
   */
  public int[] tokenize(String text, boolean parseSpecial) {
    return channel.call(new Request.Tokenize(text, parseSpecial), int[].class);
  }

  /** The text of {@code tokens}, special tokens written out. */
  public String detokenize(int[] tokens) {
    return channel.call(new Request.Detokenize(list(tokens)), String.class);
  }

  /** Continues {@code prompt}, in which special tokens are recognised and no BOS is added. */
  public Generation generate(String prompt, GenerateOptions options) {
    return generate(tokenize(prompt, true), options);
  }

  /** Continues {@code prompt}. */
  public Generation generate(int[] prompt, GenerateOptions options) {
    return channel.call(new Request.Generate(list(prompt), options), Generation.class);
  }

  /**
   * Natural logarithms of the probabilities of {@code tokens[firstScored..]}, each given the tokens
   * before it.
   */
  public float[] score(int[] tokens, int firstScored) {
    return channel.call(new Request.Score(list(tokens), firstScored), float[].class);
  }

  /**
   * The same for each of {@code endings} after {@code tokens}, which are computed once.
   *
   * @return shape (endings, tokens of the ending)
   */
  public float[][] scoreEndings(int[] tokens, List<int[]> endings) {
    List<List<Integer>> lists = endings.stream().map(LlamaProcess::list).toList();
    return channel.call(new Request.ScoreEndings(list(tokens), lists), float[][].class);
  }

  /** Logits of shape (vocabulary) after the last of {@code tokens}. */
  public float[] logits(int[] tokens) {
    return channel.call(new Request.Logits(list(tokens)), float[].class);
  }

  /**
   * A file to be made of another.
   *
   * @param types the types to convert tensors to, by name; others are copied
   * @param fileType value of {@code general.file_type}
   * @param importance file of an importance matrix, where there is one
   */
  public record Conversion(
      Path input,
      Path output,
      Map<String, GgmlType> types,
      int fileType,
      Optional<Path> importance) {}

  /**
   * Converts tensors.
   *
   * @param progress told the share done, 0 to 1
   */
  public void quantise(Conversion conversion, int threads, DoubleConsumer progress) {
    Request request =
        new Request.Quantise(
            conversion.input().toAbsolutePath().toString(),
            conversion.output().toAbsolutePath().toString(),
            conversion.types(),
            conversion.fileType(),
            conversion.importance().map(file -> file.toAbsolutePath().toString()).orElse(null),
            threads);
    channel.call(request, Boolean.class, progress);
  }

  /**
   * Writes what the model predicts for {@code tokens[firstScored..]}, each given the tokens before
   * it, to {@code file}: float32 logits, little-endian, shape (tokens, vocabulary).
   */
  public void writeLogits(int[] tokens, int firstScored, Path file) {
    channel.call(
        new Request.WriteLogits(list(tokens), firstScored, file.toAbsolutePath().toString()),
        Boolean.class);
  }

  /** Compares what the model predicts for the same tokens with such a file of another model. */
  public LogitsComparison compareLogits(int[] tokens, int firstScored, Path file) {
    return channel.call(
        new Request.CompareLogits(list(tokens), firstScored, file.toAbsolutePath().toString()),
        LogitsComparison.class);
  }

  /** Measures how fast the model reads {@code prompt}, and goes on by {@code generated} tokens. */
  public ModelSpeed speed(int[] prompt, int generated) {
    return channel.call(new Request.Speed(list(prompt), generated), ModelSpeed.class);
  }

  /** The child's process id. */
  public long processId() {
    return channel.processId();
  }

  /** Ends the child, whatever it is doing. */
  @Override
  public void close() {
    channel.close();
  }

  private static List<Integer> list(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
