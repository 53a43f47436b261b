package dev.pipeline.data.lint;

/** Counts the tokens of a text as the base model's tokenizer cuts it, special tokens aside. */
@FunctionalInterface
public interface TokenCounter {
  /** The number of tokens in {@code text}. */
  int count(String text);
}
