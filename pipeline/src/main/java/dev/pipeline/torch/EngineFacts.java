package dev.pipeline.torch;

/**
 * What of PyTorch is there.
 *
 * @param version of libtorch
 * @param gpus GPUs that it can use
 * @param libraries folder its libraries were loaded from
 */
public record EngineFacts(String version, int gpus, String libraries) {}
