package dev.pipeline.data.read;

import dev.pipeline.data.Conversation;

/** One way in which a company writes a conversation down as a JSON object. */
interface ConversationShape {
  /** Whether the object has this shape's own keys. */
  boolean recognises(Fields fields);

  /** Reads it; throws {@link MalformedLine} naming the key that is wrong. */
  Conversation read(Fields fields, RawLine line);
}
