package dev.pipeline.train;

/**
 * How a run is trained, whatever is trained.
 *
 * @param seed decides order, initialisation and dropout
 * @param epochs passes over the examples
 * @param batching how the rows of an optimiser step are computed
 * @param learningRate peak of the cosine schedule
 * @param warmupSteps optimiser steps of linear warm-up
 * @param optimizer AdamW's hyper-parameters
 * @param checkpointing recompute layers on the way back, to save memory
 * @param saveSteps optimiser steps between checkpoints; the hold-out is evaluated at each
 * @param keepCheckpoints newest checkpoints that are kept, beside the best
 * @param patience evaluations without a better hold-out loss after which training ends; 0 never
 * @param noiseAlpha size of the noise on embeddings (NEFTune); 0 for none
 */
public record TrainingSettings(
    long seed,
    int epochs,
    Batching batching,
    double learningRate,
    int warmupSteps,
    AdamWSettings optimizer,
    boolean checkpointing,
    int saveSteps,
    int keepCheckpoints,
    int patience,
    double noiseAlpha) {}
