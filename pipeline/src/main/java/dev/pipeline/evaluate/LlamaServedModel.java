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

  private LlamaServedModel(LlamaProcess llama) {
    this.llama = llama;
  }

  /**
   * Loads {@code gguf} in {@code build} for prompts and answers of at most {@code contextTokens}
   * together.
   */
  public static LlamaServedModel load(LlamaBuild build, Path gguf, int contextTokens, int threads) {
    LlamaProcess llama = build.start();
    try {
      llama.load(gguf, contextTokens, threads);
      return new LlamaServedModel(llama);
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
                List.of()));
    return new Answer(
        generation.text().strip(), generation.tokenIds().size(), generation.endedByItself());
  }

  @Override
  public float[] score(int[] tokens, int firstScored) {
    return llama.score(tokens, firstScored);
  }

  @Override
  public void close() {
    llama.close();
  }
}
