package dev.pipeline.export.llama;

import com.sun.jna.Pointer;
import dev.pipeline.io.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The tokenizer of a loaded model. */
final class Vocabulary {
  private static final int PIECE_BYTES = 256;

  private final LlamaLibrary library;
  private final Pointer pointer;
  private final int size;

  Vocabulary(LlamaLibrary library, Pointer pointer) {
    this.library = library;
    this.pointer = pointer;
    this.size = library.llamaVocabNTokens(pointer);
  }

  int size() {
    return size;
  }

  /** Token ids of {@code text}; nothing is put before or after them. */
  int[] tokenize(String text, boolean parseSpecial) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte special = (byte) (parseSpecial ? 1 : 0);
    int[] tokens = new int[utf8.length + 8];
    int count =
        library.llamaTokenize(pointer, utf8, utf8.length, tokens, tokens.length, (byte) 0, special);
    if (count < 0) {
      tokens = new int[-count];
      count =
          library.llamaTokenize(
              pointer, utf8, utf8.length, tokens, tokens.length, (byte) 0, special);
    }
    return Arrays.copyOf(tokens, count);
  }

  /** The text of {@code tokens}, special tokens written out. */
  String detokenize(int[] tokens) {
    check(tokens);
    byte[] text = new byte[16 * tokens.length + PIECE_BYTES];
    int length = detokenize(tokens, text);
    if (length < 0) {
      text = new byte[-length];
      length = detokenize(tokens, text);
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  /** The bytes of one token, which may be a part of a character. */
  byte[] piece(int token) {
    byte[] piece = new byte[PIECE_BYTES];
    int length = library.llamaTokenToPiece(pointer, token, piece, piece.length, 0, (byte) 1);
    if (length < 0) {
      piece = new byte[-length];
      length = library.llamaTokenToPiece(pointer, token, piece, piece.length, 0, (byte) 1);
    }
    return Arrays.copyOf(piece, length);
  }

  /** Whether sampling {@code token} ends an answer. */
  boolean endsGeneration(int token) {
    return library.llamaVocabIsEog(pointer, token) != 0;
  }

  /** Refuses ids that native code would use as an index. */
  void check(int[] tokens) {
    for (int token : tokens) {
      if (token < 0 || token >= size) {
        throw Failure.refused(
            "token " + token + " is not one of the model's " + size,
            "tokenize with the tokenizer of this very model");
      }
    }
  }

  private int detokenize(int[] tokens, byte[] text) {
    return library.llamaDetokenize(
        pointer, tokens, tokens.length, text, text.length, (byte) 0, (byte) 1);
  }
}
