package dev.pipeline.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What other trainers call our settings, for those who come from there. */
final class OtherNames {
  /** Ours, Axolotl's, LLaMA-Factory's, and that of TRL, transformers or PEFT. */
  static final List<List<String>> TABLE =
      List.of(
          List.of("base_model", "base_model", "model_name_or_path", "model_name_or_path"),
          List.of("sequence_len", "sequence_len", "cutoff_len", "max_length"),
          List.of(
              "micro_batch_size",
              "micro_batch_size",
              "per_device_train_batch_size",
              "per_device_train_batch_size"),
          List.of("num_epochs", "num_epochs", "num_train_epochs", "num_train_epochs"),
          List.of("lr_scheduler", "lr_scheduler", "lr_scheduler_type", "lr_scheduler_type"),
          List.of("lora_r", "lora_r", "lora_rank", "lora_r"),
          List.of(
              "lora_target_modules",
              "lora_target_modules, lora_target_linear",
              "lora_target",
              "lora_target_modules"),
          List.of("use_rslora", "peft_use_rslora", "use_rslora", "use_rslora"),
          List.of("use_dora", "peft_use_dora", "use_dora", "use_dora"),
          List.of("load_in_4bit", "load_in_4bit", "quantization_bit: 4", "load_in_4bit"),
          List.of("sample_packing", "sample_packing", "packing", "packing"),
          List.of("rl", "rl", "stage: dpo, pref_loss", "loss_type"),
          List.of("rl_beta", "rl_beta, dpo_beta", "pref_beta", "beta"),
          List.of(
              "label_smoothing", "dpo_label_smoothing", "dpo_label_smoothing", "label_smoothing"),
          List.of("simpo_gamma", "simpo_gamma", "simpo_gamma", "simpo_gamma"),
          List.of(
              "precompute_ref_log_probs",
              "precompute_ref_log_probs",
              "-",
              "precompute_ref_log_probs"),
          List.of("rpo_alpha", "rpo_alpha", "pref_ftx", "loss_weights"),
          List.of("val_set_size", "val_set_size", "val_size", "-"),
          List.of("max_rows", "-", "max_samples", "-"));

  /** Keys of other trainers that have no like here, and what to write instead. */
  static final Map<String, String> INSTEAD = instead();

  private OtherNames() {}

  private static Map<String, String> instead() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("adapter", "leave it out: every run trains LoRA; for qlora, load_in_4bit: true");
    words.put("finetuning_type", "leave it out: every run trains LoRA");
    words.put("datasets", "raw (mine.yaml) names a folder of conversations");
    words.put("dataset", "raw (mine.yaml) names a folder of conversations");
    words.put("lr", "it is called learning_rate");
    words.put("optimizer", "leave it out: it is always AdamW");
    words.put("optim", "leave it out: it is always AdamW");
    words.put("flash_attention", "leave it out: PyTorch chooses how attention is computed");
    words.put("flash_attn", "leave it out: PyTorch chooses how attention is computed");
    words.put("eval_steps", "save_steps: each checkpoint is judged on the held-out rows");
    words.put("evals_per_epoch", "save_steps: each checkpoint is judged on the held-out rows");
    words.put("saves_per_epoch", "save_steps: steps between two checkpoints");
    words.put("wandb_project", "it stands in tracking.yaml; wandb_mode: online there sends runs");
    return Collections.unmodifiableMap(words);
  }

  /** Our name of what somebody calls {@code key}. */
  static Optional<String> ours(String key) {
    return TABLE.stream()
        .filter(names -> names.stream().skip(1).flatMap(OtherNames::keys).anyMatch(key::equals))
        .map(names -> names.get(0))
        .findFirst();
  }

  /** The keys of a cell, which may hold several, or a value. */
  private static Stream<String> keys(String cell) {
    return Stream.of(cell.split(", ")).map(name -> name.replaceFirst(":.*", ""));
  }
}
