package dev.pipeline.torch;

import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Java values as TorchScript arguments; frees the ones it made, leaves a {@link TensorList} alone.
 */
final class Arguments implements AutoCloseable {
  private final IValue[] values;
  private final List<IValue> owned;

  private Arguments(IValue[] values, List<IValue> owned) {
    this.values = values;
    this.owned = owned;
  }

  static Arguments of(Object... arguments) {
    IValue[] values = new IValue[arguments.length];
    List<IValue> owned = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof TensorList list) {
        values[i] = list.value();
      } else {
        values[i] = scalarOrTensor(arguments[i]);
        owned.add(values[i]);
      }
    }
    return new Arguments(values, owned);
  }

  private static IValue scalarOrTensor(Object argument) {
    if (argument instanceof Tensor tensor) {
      return IValue.from(tensor.array());
    } else if (argument instanceof Integer number) {
      return IValue.from(number.longValue());
    } else if (argument instanceof Long number) {
      return IValue.from(number.longValue());
    } else if (argument instanceof Double number) {
      return IValue.from(number.doubleValue());
    } else if (argument instanceof Boolean flag) {
      return IValue.from(flag.booleanValue());
    } else if (argument instanceof String text) {
      return IValue.from(text);
    } else if (argument instanceof long[] numbers) {
      return IValue.listFrom(numbers);
    }
    throw new IllegalArgumentException("no TorchScript type for " + argument.getClass());
  }

  IValue[] array() {
    return values;
  }

  @Override
  public void close() {
    owned.forEach(IValue::close);
  }
}
