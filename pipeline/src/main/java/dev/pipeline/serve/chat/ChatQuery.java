package dev.pipeline.serve.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param query the question
 * @param sessionId whose; a new session where it is absent
 * @param conversationId where it goes on; a new conversation where it is absent
 * @param collection of documents that the answer is to rest on
 * @param stream whether the answer is wanted piece by piece, as server-sent events
 * @param maxTokens longest answer
 * @param temperature 0 takes the most probable token
 */
public record ChatQuery(
    String query,
    @JsonProperty("session_id") @Nullable String sessionId,
    @JsonProperty("conversation_id") @Nullable String conversationId,
    @Nullable String collection,
    @Nullable Boolean stream,
    @JsonProperty("max_tokens") @Nullable Integer maxTokens,
    @Nullable Double temperature) {}
