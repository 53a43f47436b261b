package dev.pipeline.data.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * Tokens with which the chat templates of common model families begin and end messages: ChatML, Phi
 * and Llama 3 ({@code <|eot_id|>}), Gemma ({@code <start_of_turn>}), Mistral and Llama 2 ({@code
 * [INST]}), DeepSeek. Read as part of a text they would forge a message.
 */
public final class TemplateTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "<[|｜][^|｜<>]*[|｜]>|</?(?:start|end)_of_turn>|</?s>|<(?:bos|eos|pad|unk)>"
              + "|\\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CALLS)\\]|<</?SYS>>");

  private TemplateTokens() {}

  /** The first such token in {@code text}. */
  public static Optional<String> first(String text) {
    Matcher matcher = TOKEN.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }
}
