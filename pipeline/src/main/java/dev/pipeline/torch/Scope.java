package dev.pipeline.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.TorchScriptBridge;
import java.util.ArrayList;
import java.util.List;

/** A stretch of native memory: closing it frees every tensor made in it. Not thread-safe. */
public final class Scope implements AutoCloseable {
  private final PtNDManager manager;

  Scope(PtNDManager manager) {
    this.manager = manager;
  }

  PtNDManager manager() {
    return manager;
  }

  /** A scope inside this one. */
  public Scope inner() {
    return new Scope((PtNDManager) manager.newSubManager());
  }

  /** A float32 tensor with a copy of {@code values}, row-major. */
  public Tensor floats(float[] values, long... shape) {
    // The copy matters: create() wraps a Java buffer that the collector may free before backward.
    try (Tensor wrapped =
        new Tensor(
            (PtNDArray) manager.create(java.nio.FloatBuffer.wrap(values), new Shape(shape)))) {
      return new Tensor((PtNDArray) wrapped.array().duplicate());
    }
  }

  /** An int64 tensor with a copy of {@code values}, row-major. */
  public Tensor longs(long[] values, long... shape) {
    try (Tensor wrapped =
        new Tensor(
            (PtNDArray) manager.create(java.nio.LongBuffer.wrap(values), new Shape(shape)))) {
      return new Tensor((PtNDArray) wrapped.array().duplicate());
    }
  }

  /** A float32 tensor filled with {@code value}; an empty shape makes a scalar. */
  public Tensor full(float value, long... shape) {
    return new Tensor((PtNDArray) manager.full(new Shape(shape), value));
  }

  /** Runs a method that returns one tensor. */
  public Tensor call(Program program, String method, Object... arguments) {
    try (Arguments values = Arguments.of(arguments);
        IValue result = TorchScriptBridge.run(program.block(), method, values.array())) {
      return new Tensor(result.toTensor(manager));
    }
  }

  /** Runs a method that returns a list of tensors. */
  public List<Tensor> callList(Program program, String method, Object... arguments) {
    try (Arguments values = Arguments.of(arguments);
        IValue result = TorchScriptBridge.run(program.block(), method, values.array())) {
      List<Tensor> tensors = new ArrayList<>();
      for (PtNDArray array : result.toTensorArray(manager)) {
        tensors.add(new Tensor(array));
      }
      return tensors;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
