package dev.pipeline.serve.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A conversation.
 *
 * @param title how it began
 * @param summary what its first messages said, once there are many
 * @param summarised how many messages the summary stands for
 */
public record ChatConversationView(
    @JsonProperty("conversation_id") String conversationId,
    @JsonProperty("session_id") String sessionId,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("last_updated") Instant lastUpdated,
    @JsonProperty("message_count") int messageCount,
    String title,
    String summary,
    int summarised) {}
