package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.export.llama.GenerateOptions;
import dev.pipeline.export.llama.Generation;
import dev.pipeline.export.llama.LlamaProcess;
import java.nio.file.Path;
import java.util.List;

/** A GGUF file in llama.cpp, the runtime that also serves it. */
public final class LlamaServedModel implements ServedModel, AutoCloseable {
  private final LlamaProcess llama;
  private final List<String> stopWords;

  private LlamaServedModel(LlamaProcess llama, List<String> stopWords) {
    this.llama = llama;
    this.stopWords = List.copyOf(stopWords);
  }

  /**
   * Loads {@code gguf} in {@code build} for prompts and answers of at most {@code contextTokens}
   * together; {@code stopWords} end an answer, besides the tokens that do in the file.
   */
  public static LlamaServedModel load(
      LlamaBuild build, Path gguf, int contextTokens, int threads, List<String> stopWords) {
    LlamaProcess llama = build.start();
    try {
      llama.load(gguf, contextTokens, threads);
      return new LlamaServedModel(llama, stopWords);
    } catch (RuntimeException e) {
      llama.close();
      throw e;
    }
  }

  @Override
  public int[] tokenize(String text) {
    return llama.tokenize(text, true);
  }

  @Override
  public Answer generate(String prompt, Sampling sampling) {
    Generation generation =
        llama.generate(
            prompt,
            new GenerateOptions(
                sampling.maxTokens(),
                sampling.temperature(),
                sampling.topP(),
                sampling.seed(),
                stopWords));
    return new Answer(
        generation.text().strip(), generation.tokenIds().size(), generation.endedByItself());
  }

  @Override
  public float[] score(int[] tokens, int firstScored) {
    return llama.score(tokens, firstScored);
  }

  @Override
  public float[][] scoreEndings(int[] tokens, List<int[]> endings) {
    return llama.scoreEndings(tokens, endings);
  }

  @Override
  public void close() {
    llama.close();
  }
}
