package dev.pipeline.serve.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** A person's conversations. */
public record ChatSessionView(
    @JsonProperty("session_id") String sessionId,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("last_updated") Instant lastUpdated,
    @JsonProperty("conversation_count") int conversationCount) {}
