package dev.pipeline.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/** A {@code List[Tensor]} argument, built once and reused; it does not own its tensors. */
public final class TensorList implements AutoCloseable {
  private final List<Tensor> tensors;
  private final IValue value;

  private TensorList(List<Tensor> tensors) {
    this.tensors = tensors;
    this.value = IValue.listFrom(tensors.stream().map(Tensor::array).toArray(PtNDArray[]::new));
  }

  /** A list of {@code tensors}, in order; may be empty. */
  public static TensorList of(List<Tensor> tensors) {
    return new TensorList(List.copyOf(tensors));
  }

  /** The tensors, in order. */
  public List<Tensor> tensors() {
    return tensors;
  }

  IValue value() {
    return value;
  }

  @Override
  public void close() {
    value.close();
  }
}
