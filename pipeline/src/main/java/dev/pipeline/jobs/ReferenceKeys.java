package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.io.Hashes;
import dev.pipeline.model.BaseModels;
import dev.pipeline.train.ReferenceKey;
import java.nio.file.Path;

/** What the cached log-probs of a reference depend on. */
final class ReferenceKeys {
  private ReferenceKeys() {}

  static ReferenceKey of(RunContext run, Path dataset, ChatModel chat) {
    ModelConfig model = run.config().model();
    String base = Digests.of(BaseModels.folder(model.baseModel()));
    String adapter = run.digest("sft", SftJob.ADAPTER);
    String precision = run.config().sft().lora().loadIn4bit() + " " + model.bf16();
    String length = " " + run.config().dpo().batch().sequenceLen();
    return new ReferenceKey(
        Hashes.sha256(base + adapter + precision),
        Digests.of(dataset),
        Hashes.sha256(chat.template().source() + "\n" + model.systemPrompt() + length));
  }
}
