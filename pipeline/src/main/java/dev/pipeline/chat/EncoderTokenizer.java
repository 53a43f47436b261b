package dev.pipeline.chat;

import java.nio.file.Path;
import java.util.OptionalLong;

/** How an encoder's text becomes ids. Nothing is added around the text and nothing is cut off. */
public interface EncoderTokenizer extends AutoCloseable {
  /** Token ids of {@code text}. */
  long[] encode(String text);

  /** The id of a whole token, such as {@code [CLS]}, if there is one. */
  OptionalLong id(String token);

  /** One more than the highest id. */
  int size();

  @Override
  void close();

  /** Opens a {@code tokenizer.json}: WordPiece as BERT has it, or byte-level BPE. */
  static EncoderTokenizer open(Path file) {
    return WordPieceJson.isWordPiece(file) ? WordPieceJson.open(file) : Tokenizer.open(file);
  }
}
