package dev.pipeline.data.read;

/** Why a line is no conversation; caught by {@link ConversationReader}, never seen outside. */
final class MalformedConversation extends RuntimeException {
  MalformedConversation(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
