package dev.pipeline.jobs;

import dev.pipeline.chat.ChatFormat;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.Terminator;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.model.BaseModels;

/** How the configured base model talks, in training as in serving. */
final class BaseChat {
  private BaseChat() {}

  /** Opens its tokenizer and chat template; refuses stop words that would never be learned. */
  static ChatModel open(ModelConfig model) {
    ChatModel chat = ChatModel.open(BaseModels.folder(model.baseModel()), format(model));
    try {
      Terminator.of(chat.template()).requireAmong(model.base().stopWords());
      return chat;
    } catch (RuntimeException e) {
      chat.close();
      throw e;
    }
  }

  /** What the settings say of its chat template. */
  static ChatFormat format(ModelConfig model) {
    return new ChatFormat(model.chatTemplate(), model.base().promptFormat());
  }
}
