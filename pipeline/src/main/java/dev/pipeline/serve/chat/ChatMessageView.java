package dev.pipeline.serve.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A message that is kept.
 *
 * @param number from 1 in its conversation
 * @param role user or assistant
 */
public record ChatMessageView(
    int number, String role, String content, @JsonProperty("created_at") Instant createdAt) {}
