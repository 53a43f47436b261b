package dev.pipeline.export.llama;

import dev.pipeline.export.llama.Generation.StopReason;
import dev.pipeline.io.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Continues a prompt token by token. */
final class Generator {
  private final LoadedModel model;
  private final GenerateOptions options;

  Generator(LoadedModel model, GenerateOptions options) {
    this.model = model;
    this.options = options;
  }

  Generation generate(int[] prompt) {
    Sampler sampler = Sampler.of(options);
    List<Integer> tokens = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    float[] logits = model.logitsAfter(prompt);
    while (true) {
      int token = sampler.choose(finite(logits));
      if (model.vocabulary().endsGeneration(token)) {
        return generation(prompt, tokens, text(bytes), StopReason.END_OF_GENERATION);
      }
      tokens.add(token);
      bytes.writeBytes(model.vocabulary().piece(token));
      String text = text(bytes);
      int stop = firstStop(text);
      if (stop >= 0) {
        return generation(prompt, tokens, text.substring(0, stop), StopReason.STOP_TEXT);
      }
      if (tokens.size() == options.maxTokens()) {
        return generation(prompt, tokens, text, StopReason.MAX_TOKENS);
      }
      int position = prompt.length + tokens.size() - 1;
      if (position == model.contextTokens()) {
        return generation(prompt, tokens, text, StopReason.CONTEXT_FULL);
      }
      logits = model.append(token, position);
    }
  }

  private int firstStop(String text) {
    return options.stop().stream()
        .mapToInt(text::indexOf)
        .filter(index -> index >= 0)
        .min()
        .orElse(-1);
  }

  static float[] finite(float[] logits) {
    for (float logit : logits) {
      if (Float.isNaN(logit)) {
        throw Failure.refused(
            "the model computes NaN", "train again with a lower learning rate, or merge again");
      }
    }
    return logits;
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Generation generation(
      int[] prompt, List<Integer> tokens, String text, StopReason reason) {
    return new Generation(text, tokens, prompt.length, reason);
  }
}
