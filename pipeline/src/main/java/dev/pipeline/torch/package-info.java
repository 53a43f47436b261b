/**
 * PyTorch behind a narrow door: tensors, scopes and TorchScript programs. Only this package sees
 * DJL.
 */
@NullMarked
package dev.pipeline.torch;

import org.jspecify.annotations.NullMarked;
