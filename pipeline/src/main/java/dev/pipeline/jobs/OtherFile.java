package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;

/** A GGUF file that no run made, judged like the model of an evaluated run. */
final class OtherFile {
  private static final int SHORT = 16;

  private OtherFile() {}

  /**
   * Asks {@code gguf} what the run in {@code folder} was asked, unless that was done before.
   *
   * @return the folder of an evaluation in which it has the place of the run's tuned model
   */
  static Path judge(
      PipelineConfig config, Path folder, Path gguf, StopSignal stop, Progress progress) {
    if (!Files.isRegularFile(gguf)) {
      throw Failure.usage("there is no file " + gguf, "name a GGUF file");
    }
    RunContext run = FinishedRun.evaluation(config, folder, stop, progress);
    Path place = folder.resolve("files").resolve(Hashes.sha256(gguf).substring(0, SHORT));
    if (!Files.exists(place.resolve(EvaluationFiles.EVALUATION))) {
      Evaluation before = EvaluationFiles.read(folder);
      EvaluationFiles.write(
          place,
          new Evaluation(
              before.sampling(), before.rows(), before.base(), before.start(), judge(run, gguf)));
    }
    return place;
  }

  private static Judgement judge(RunContext run, Path gguf) {
    try (ChatModel chat = BaseChat.open(run.config().model());
        ToxicityModel toxicity =
            ToxicityModel.open(run.config().evaluate(), run.config().model())) {
      return Judging.of(run, chat, toxicity.inspector())
          .judge(String.valueOf(gguf.getFileName()), gguf);
    }
  }
}
