package dev.pipeline.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/** A tensor in native memory. It lives until it, or the {@link Scope} it was made in, is closed. */
public final class Tensor implements AutoCloseable {
  private final PtNDArray array;

  Tensor(PtNDArray array) {
    this.array = array;
  }

  PtNDArray array() {
    return array;
  }

  /** Sizes, outermost first. */
  public long[] shape() {
    return array.getShape().getShape();
  }

  /** Number of elements. */
  public long elements() {
    return array.getShape().size();
  }

  /** Copies a float32 tensor to the Java heap, row-major. */
  public float[] toFloats() {
    return array.toFloatArray();
  }

  /** Copies an int64 tensor to the Java heap, row-major. */
  public long[] toLongs() {
    return array.toLongArray();
  }

  /** Copies a uint8 tensor to the Java heap, row-major. */
  public byte[] toBytes() {
    return array.toByteArray();
  }

  /** The value of a float32 tensor of one element. */
  public float item() {
    if (array.getDataType() != DataType.FLOAT32 || elements() != 1) {
      throw new IllegalStateException("not a float32 scalar: " + this);
    }
    return array.toFloatArray()[0];
  }

  /** Marks a leaf as trainable: {@link #backward} will accumulate into its gradient. */
  public Tensor trainable() {
    array.setRequiresGradient(true);
    return this;
  }

  /** The same storage, cut off from the gradient graph. */
  public Tensor detach() {
    return new Tensor((PtNDArray) array.stopGradient());
  }

  /** The accumulated gradient of a leaf, shaped like it, living in {@code scope}. */
  public Tensor gradient(Scope scope) {
    PtNDArray gradient = array.getGradient();
    gradient.attach(scope.manager());
    return new Tensor(gradient);
  }

  /** Sets an accumulated gradient to zero. */
  public void clearGradient() {
    JniUtils.zeroGrad(array);
  }

  /** Runs autograd from this tensor with upstream gradient {@code upstream} of the same shape. */
  public void backward(Tensor upstream) {
    JniUtils.backward(array, upstream.array, false, false);
  }

  @Override
  public void close() {
    array.close();
  }

  @Override
  public String toString() {
    return array.getDataType() + Arrays.toString(shape());
  }
}
