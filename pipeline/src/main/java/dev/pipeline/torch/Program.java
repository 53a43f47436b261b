package dev.pipeline.torch;

import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * A compiled TorchScript module without parameters: a bag of methods called by name through {@link
 * Scope#call}.
 */
public final class Program implements AutoCloseable {
  private final PtSymbolBlock block;

  Program(PtSymbolBlock block) {
    this.block = block;
  }

  PtSymbolBlock block() {
    return block;
  }

  @Override
  public void close() {
    block.close();
  }
}
