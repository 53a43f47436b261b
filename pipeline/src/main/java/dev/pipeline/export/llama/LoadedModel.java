package dev.pipeline.export.llama;

import com.sun.jna.Pointer;
import dev.pipeline.io.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model with one context; sequences start anew with each call that takes a whole one. */
final class LoadedModel implements AutoCloseable {
  private final LlamaLibrary library;
  private final Pointer model;
  private final Pointer context;
  private final Vocabulary vocabulary;
  private final TokenBatch batch;
  private final int batchTokens;
  private final int rows;

  /** What a lone row left in memory, so that its next turn need not be read from the start. */
  private final List<Integer> remembered = new ArrayList<>();

  private LoadedModel(LlamaLibrary library, Pointer model, Pointer context, Loading loading) {
    this.library = library;
    this.model = model;
    this.context = context;
    this.vocabulary = new Vocabulary(library, library.llamaModelGetVocab(model));
    this.batchTokens = loading.decoded();
    this.rows = loading.rows();
    this.batch = new TokenBatch(library, batchTokens);
  }

  static LoadedModel load(LlamaLibrary library, Path gguf, Loading loading) {
    if (!Files.isReadable(gguf)) {
      throw Failure.refused("cannot read " + gguf, "check the path and its permissions");
    }
    LlamaStructures.ModelParameters modelParameters = library.llamaModelDefaultParams();
    if (modelParameters.looksRight()) {
      modelParameters.checkTensors = 1;
    }
    loading.gpuLayers().ifPresent(layers -> offload(library, modelParameters, layers));
    Pointer model = library.llamaModelLoadFromFile(gguf.toString(), modelParameters);
    if (model == null) {
      throw Failure.refused(
          "llama.cpp cannot load " + gguf, "write the file again from checked weights");
    }
    LlamaStructures.ContextParameters contextParameters = library.llamaContextDefaultParams();
    contextParameters.contextTokens = loading.contextTokens() * loading.rows();
    contextParameters.batchTokens = loading.decoded();
    contextParameters.microBatchTokens = loading.decoded();
    contextParameters.sequences = loading.rows();
    contextParameters.threads = loading.threads();
    contextParameters.batchThreads = loading.threads();
    Pointer context = library.llamaInitFromModel(model, contextParameters);
    if (context == null) {
      library.llamaModelFree(model);
      throw Failure.infrastructure(
          "llama.cpp cannot make a context of %d tokens for %s"
              .formatted(contextParameters.contextTokens, gguf),
          "free some memory or ask for a shorter context",
          null);
    }
    return new LoadedModel(library, model, context, loading);
  }

  private static void offload(
      LlamaLibrary library, LlamaStructures.ModelParameters parameters, int layers) {
    if (layers > 0 && library.llamaSupportsGpuOffload() == 0) {
      throw Failure.usage(
          "gpu_layers " + layers + ", but this llama.cpp computes on the processor alone",
          "leave --gpu-layers out, or set llama_library to a libllama that was built for the GPU");
    }
    parameters.putGpuLayers(layers);
  }

  ModelSummary summary() {
    byte[] description = new byte[256];
    int length = library.llamaModelDesc(model, description, description.length);
    return new ModelSummary(
        new String(
            description, 0, Math.min(length, description.length - 1), StandardCharsets.UTF_8),
        vocabulary.size(),
        contextTokens());
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  int contextTokens() {
    return library.llamaNCtx(context);
  }

  /** Tokens that fit into the context of one row. */
  int rowTokens() {
    return contextTokens() / rows;
  }

  /**
   * Prepares for reading {@code prompts}, each into a sequence of its own.
   *
   * @return how many tokens of a lone prompt are remembered and need not be read; at least one is
   *     left, for its logits
   */
  int begin(List<int[]> prompts) {
    if (prompts.isEmpty() || prompts.size() > rows) {
      throw Failure.usage(
          "%d prompts for a model that was loaded for %d".formatted(prompts.size(), rows),
          "load the model for as many rows as prompts are given at once");
    }
    prompts.forEach(prompt -> check(prompt, rowTokens()));
    int shared = prompts.size() == 1 ? shared(prompts.get(0)) : 0;
    if (shared == 0 || !forgetFrom(shared)) {
      clear();
      return 0;
    }
    remembered.subList(shared, remembered.size()).clear();
    return shared;
  }

  private int shared(int[] prompt) {
    int most = Math.min(remembered.size(), prompt.length - 1);
    int shared = 0;
    while (shared < most && remembered.get(shared) == prompt[shared]) {
      shared++;
    }
    return shared;
  }

  /** The batch, to be filled by the caller. */
  TokenBatch emptyBatch() {
    batch.clear();
    return batch;
  }

  /** Computes what the caller put into {@link #emptyBatch}. */
  void decode(TokenBatch filled) {
    decode();
    for (int place = 0; rows == 1 && place < filled.size(); place++) {
      remembered.add(filled.token(place));
    }
  }

  /** Forgets all tokens. */
  void clear() {
    remembered.clear();
    try {
      library.llamaKvSelfClear(context);
    } catch (UnsatisfiedLinkError renamed) {
      library.llamaMemoryClear(library.llamaGetMemory(context), (byte) 1);
    }
  }

  /**
   * Forgets the tokens at {@code position} and after; false where the model's memory cannot forget
   * a part.
   */
  private boolean forgetFrom(int position) {
    try {
      return library.llamaKvSelfSeqRm(context, 0, position, -1) != 0;
    } catch (UnsatisfiedLinkError renamed) {
      return library.llamaMemorySeqRm(library.llamaGetMemory(context), 0, position, -1) != 0;
    }
  }

  /**
   * Appends one token.
   *
   * @return logits of shape (vocabulary)
   */
  float[] append(int token, int position) {
    batch.fill(new int[] {token}, 0, 1, position, 0);
    decode();
    return logits(0);
  }

  /**
   * Starts anew with {@code tokens}.
   *
   * @return logits of shape (vocabulary) after the last one
   */
  float[] logitsAfter(int[] tokens) {
    check(tokens);
    clear();
    float[] last = new float[0];
    for (int start = 0; start < tokens.length; start += batchTokens) {
      int count = Math.min(batchTokens, tokens.length - start);
      boolean ends = start + count == tokens.length;
      batch.fill(tokens, start, count, start, ends ? count - 1 : count);
      decode();
      last = ends ? logits(count - 1) : last;
    }
    return last;
  }

  /**
   * Starts anew with {@code tokens}.
   *
   * @return natural logarithms of the probabilities of {@code tokens[firstScored..]}, each given
   *     the tokens before it
   */
  float[] score(int[] tokens, int firstScored) {
    check(tokens);
    requireScorable(tokens, firstScored);
    clear();
    return scoreFrom(tokens, 0, firstScored);
  }

  private static void requireScorable(int[] tokens, int firstScored) {
    if (firstScored < 1 || firstScored >= tokens.length) {
      throw Failure.usage(
          "cannot score from token %d of %d".formatted(firstScored, tokens.length),
          "score from the second token or a later one");
    }
  }

  /**
   * Scores each of {@code endings} after {@code tokens} as {@link #score} would; what they share is
   * computed once.
   */
  float[][] scoreEndings(int[] tokens, List<int[]> endings) {
    logitsAfter(tokens);
    float[][] scores = new float[endings.size()][];
    for (int i = 0; i < scores.length; i++) {
      int[] ending = endings.get(i);
      int[] whole = Arrays.copyOf(tokens, tokens.length + ending.length);
      System.arraycopy(ending, 0, whole, tokens.length, ending.length);
      check(whole);
      forgetFrom(tokens.length - 1);
      scores[i] = scoreFrom(whole, tokens.length - 1, tokens.length);
    }
    return scores;
  }

  /** Scores with the tokens before {@code computed} in memory. */
  private float[] scoreFrom(int[] tokens, int computed, int firstScored) {
    float[] scores = new float[tokens.length - firstScored];
    predict(
        tokens,
        computed,
        firstScored,
        (next, logits) ->
            scores[next - firstScored] = (float) Softmax.logProbability(logits, tokens[next]));
    return scores;
  }

  /** Told what is predicted for a token of a sequence. */
  @FunctionalInterface
  interface Prediction {
    /**
     * Takes one.
     *
     * @param index of the token that is predicted
     * @param logits shape (vocabulary)
     */
    void accept(int index, float[] logits);
  }

  /** Starts anew with {@code tokens}; tells what is predicted for those from the first scored. */
  void predict(int[] tokens, int firstScored, Prediction prediction) {
    check(tokens);
    requireScorable(tokens, firstScored);
    clear();
    predict(tokens, 0, firstScored, prediction);
  }

  private void predict(int[] tokens, int computed, int firstScored, Prediction prediction) {
    int end = tokens.length - 1;
    for (int start = computed; start < end; start += batchTokens) {
      int count = Math.min(batchTokens, end - start);
      int firstWanted = Math.max(0, Math.min(count, firstScored - 1 - start));
      batch.fill(tokens, start, count, start, firstWanted);
      decode();
      for (int i = firstWanted; i < count; i++) {
        prediction.accept(start + i + 1, logits(i));
      }
    }
  }

  private void decode() {
    int status = library.llamaDecode(context, batch.structure());
    if (status != 0) {
      throw Failure.infrastructure(
          "llama_decode ended with " + status,
          status == 1 ? "load the model with a longer context" : "check the GGUF with load check",
          null);
    }
  }

  /** Logits of shape (vocabulary) after the token at {@code index} of the last batch. */
  float[] logits(int index) {
    Pointer row = library.llamaGetLogitsIth(context, index);
    if (row == null) {
      throw new IllegalStateException("no logits at " + index);
    }
    return row.getFloatArray(0, vocabulary.size());
  }

  private void check(int[] tokens) {
    check(tokens, contextTokens());
  }

  private void check(int[] tokens, int most) {
    vocabulary.check(tokens);
    if (tokens.length == 0 || tokens.length > most) {
      throw Failure.usage(
          "%d tokens do not fit a context of %d".formatted(tokens.length, most),
          "give at least one token, and load the model with a context that holds them all");
    }
  }

  @Override
  public void close() {
    batch.close();
    library.llamaFree(context);
    library.llamaModelFree(model);
  }
}
