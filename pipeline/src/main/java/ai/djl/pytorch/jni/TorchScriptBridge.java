package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;
import org.jspecify.annotations.NullMarked;

/**
 * Calls a TorchScript method with autograd left on.
 *
 * <p>It sits in DJL's package because {@code PyTorchLibrary} is package-private and the public
 * {@link IValueUtils#runMethod} always runs in inference mode, which drops the gradient graph.
 */
@NullMarked
public final class TorchScriptBridge {
  private TorchScriptBridge() {}

  /** Runs {@code method} of {@code block}; the caller closes the arguments and the result. */
  public static IValue run(PtSymbolBlock block, String method, IValue... arguments) {
    long[] handles = new long[arguments.length];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = arguments[i].getHandle();
    }
    return new IValue(
        PyTorchLibrary.LIB.moduleRunMethod(block.getHandle(), method, handles, true, false));
  }
}
