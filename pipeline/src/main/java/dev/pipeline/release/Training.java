package dev.pipeline.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How the adapter of a released model came about.
 *
 * @param trainer the trainings one after the other, for people: SFT, or SFT, then DPO
 * @param adapter SHA-256 of the adapter that was merged into the base
 * @param preferences what the last training learned from; null where it was no preferences
 */
public record Training(
    String trainer,
    String adapter,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PreferenceTraining preferences) {}
