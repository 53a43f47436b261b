package dev.pipeline.export.llama;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of llama.cpp, as build b4916 has them, that are called, under their own names in
 * Java's spelling: {@code llamaModelFree} is {@code llama_model_free}. A C {@code bool} is a {@code
 * byte} here.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/b4916/include/llama.h">llama.h</a>
 */
interface LlamaLibrary extends Library {
  /** Also fills the tables of half floats that K-quants read; without it they are all zero. */
  void llamaBackendInit();

  LlamaStructures.ModelParameters llamaModelDefaultParams();

  LlamaStructures.ContextParameters llamaContextDefaultParams();

  @Nullable Pointer llamaModelLoadFromFile(String path, LlamaStructures.ModelParameters parameters);

  void llamaModelFree(Pointer model);

  @Nullable Pointer llamaInitFromModel(Pointer model, LlamaStructures.ContextParameters parameters);

  void llamaFree(Pointer context);

  /** Whether the build knows any GPU; the one that ships does not. */
  byte llamaSupportsGpuOffload();

  int llamaNCtx(Pointer context);

  /** Features such as {@code AVX2 = 1}, between bars. */
  String llamaPrintSystemInfo();

  int llamaModelDesc(Pointer model, byte[] buffer, long size);

  Pointer llamaModelGetVocab(Pointer model);

  int llamaVocabNTokens(Pointer vocabulary);

  byte llamaVocabIsEog(Pointer vocabulary, int token);

  /** Negative: the number of tokens that did not fit. */
  int llamaTokenize(
      Pointer vocabulary,
      byte[] text,
      int textLength,
      int @Nullable [] tokens,
      int capacity,
      byte addSpecial,
      byte parseSpecial);

  /** Negative: the number of bytes that did not fit. */
  int llamaTokenToPiece(
      Pointer vocabulary, int token, byte[] buffer, int length, int stripLeft, byte special);

  /** Negative: the number of bytes that did not fit. */
  int llamaDetokenize(
      Pointer vocabulary,
      int[] tokens,
      int count,
      byte[] text,
      int capacity,
      byte removeSpecial,
      byte unparseSpecial);

  LlamaStructures.Batch llamaBatchInit(int tokens, int embeddingSize, int sequences);

  void llamaBatchFree(LlamaStructures.Batch batch);

  int llamaDecode(Pointer context, LlamaStructures.Batch batch);

  @Nullable Pointer llamaGetLogitsIth(Pointer context, int index);

  /** Newer builds have {@link #llamaMemoryClear} in its place. */
  void llamaKvSelfClear(Pointer context);

  /** Newer builds have {@link #llamaMemorySeqRm} in its place. */
  byte llamaKvSelfSeqRm(Pointer context, int sequence, int from, int end);

  Pointer llamaGetMemory(Pointer context);

  void llamaMemoryClear(Pointer memory, byte data);

  /** Forgets positions from {@code from}; an {@code end} below 0 means all. */
  byte llamaMemorySeqRm(Pointer memory, int sequence, int from, int end);

  /** Finds the parts of a build that keeps a library for each kind of processor. */
  void ggmlBackendLoadAllFromPath(String folder);

  void ggmlFp16ToFp32Row(ByteBuffer halfFloats, Pointer floats, long count);

  void ggmlBf16ToFp32Row(ByteBuffer brainFloats, Pointer floats, long count);

  /** Rows must fill whole blocks: for others it returns normally, with rubbish. */
  long ggmlQuantizeChunk(
      int type,
      Pointer floats,
      Pointer quantised,
      long start,
      long rows,
      long columns,
      @Nullable Pointer importance);

  byte ggmlValidateRowData(int type, ByteBuffer data, long bytes);
}
