package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.evaluate.ServedTemplate;
import dev.pipeline.release.TemplateEquivalence;

/** Whatever will serve a model renders prompts as it was trained on them. */
final class ServedTemplates {
  private ServedTemplates() {}

  /** Fails unless the packaged file and its Modelfile do. */
  static void require(RunContext run) {
    try (ChatModel chat = BaseChat.open(run.config().model())) {
      int compared =
          new TemplateEquivalence(chat.template())
              .require(
                  ServedTemplate.read(run.output("package", PackageJob.SERVED), chat.template()),
                  ReleaseJob.modelfile(run.config()));
      run.progress().at(compared, compared, "conversations rendered alike");
    }
  }
}
