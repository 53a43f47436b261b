package dev.pipeline.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.tree.Node;
import dev.pipeline.io.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model's own Jinja chat template, rendered in a sandbox.
 *
 * <p>Templates are code that came with a download (CVE-2024-34359), so they get strings only: no
 * includes, no imports, no Java objects, bounded output, bounded time. Message text is never
 * interpreted as a template.
 */
public final class ChatTemplate {
  private static final long MAX_OUTPUT = 16L << 20;
  private static final int MAX_ELEMENTS = 100_000;

  /** A long conversation takes some thousands; a clock would stop it on a busy machine. */
  private static final int MAX_STEPS = 1_000_000;

  /** The parser looks ahead from each to its end, so that many take its square in time. */
  private static final int MAX_BRACKETS = 100;

  /** No name a template could use. */
  private static final String STEPS = " steps ";

  private final String source;
  private final String bosToken;
  private final String eosToken;
  private final Jinjava jinjava;

  /** A template and the texts of the model's beginning and end tokens (empty when it has none). */
  public ChatTemplate(String source, String bosToken, String eosToken) {
    this.source = source;
    this.bosToken = bosToken;
    this.eosToken = eosToken;
    this.jinjava = sandbox();
  }

  /** The text of the token a sequence begins with; empty when the model has none. */
  public String bosToken() {
    return bosToken;
  }

  /** The template text, as it goes into a GGUF. */
  public String source() {
    return source;
  }

  /** Whether a prompt begins with the model's beginning token, so that nobody else may add it. */
  public boolean writesBeginning() {
    return !bosToken.isEmpty() && render(List.of(ChatMessage.user("a")), true).startsWith(bosToken);
  }

  /**
   * Renders a conversation; with {@code generationPrompt}, up to where the assistant's next answer
   * starts.
   */
  public String render(List<ChatMessage> messages, boolean generationPrompt) {
    Map<String, Object> variables = new HashMap<>();
    variables.put(
        "messages",
        messages.stream()
            .map(message -> Map.of("role", message.role(), "content", message.content()))
            .toList());
    variables.put("add_generation_prompt", generationPrompt);
    variables.put("bos_token", bosToken);
    variables.put("eos_token", eosToken);
    variables.put(STEPS, new AtomicInteger(MAX_STEPS));
    return render(variables);
  }

  private String render(Map<String, Object> variables) {
    if (bracketsDeep(source) > MAX_BRACKETS) {
      throw unusable("it nests more than " + MAX_BRACKETS + " brackets");
    }
    try {
      RenderResult result = jinjava.renderForResult(withoutLastLineBreak(source), variables);
      if (result.hasErrors()) {
        throw unusable(reason(result.getErrors().get(0)));
      }
      return result.getOutput();
    } catch (Failure failure) {
      throw failure;
    } catch (RuntimeException | StackOverflowError e) {
      // What the library itself stumbles over.
      throw unusable(e.toString());
    }
  }

  /** As Jinja does it (keep_trailing_newline off): one, and of the template, not of its output. */
  private static String withoutLastLineBreak(String template) {
    return template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
  }

  /** Most round brackets open at once in an expression. */
  private static int bracketsDeep(String source) {
    int deepest = 0;
    int depth = 0;
    for (int i = 0; i < source.length(); i++) {
      depth =
          switch (source.charAt(i)) {
            case '(' -> depth + 1;
            case ')' -> Math.max(0, depth - 1);
            case '}' -> 0;
            default -> depth;
          };
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  private static Failure unusable(String reason) {
    return Failure.refused(
        "the chat template does not render: " + reason,
        "compare chat_template in tokenizer_config.json with the model's original");
  }

  /** Counts every node that is rendered, also inside loops, which nothing else ends. */
  private static void countStep(Node node, JinjavaInterpreter interpreter) {
    interpreter.getContext().setCurrentNode(node);
    if (interpreter.getContext().get(STEPS) instanceof AtomicInteger left
        && left.decrementAndGet() < 0) {
      throw new InterpretException(
          "it takes more than " + MAX_STEPS + " steps", node.getLineNumber());
    }
  }

  /** What a template said itself through raise_exception lies at the bottom of the causes. */
  private static String reason(TemplateError error) {
    Throwable cause = error.getException();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null || cause.getMessage() == null ? error.getMessage() : cause.getMessage();
  }

  private static Jinjava sandbox() {
    JinjavaConfig config =
        JinjavaConfig.newBuilder()
            .withTrimBlocks(true)
            .withLstripBlocks(true)
            // The library's own way takes the last line break from what a template writes.
            .withKeepTrailingNewline(true)
            .withNestedInterpretationEnabled(false)
            .withMaxOutputSize(MAX_OUTPUT)
            .withMaxStringLength(MAX_OUTPUT)
            .withMaxListSize(MAX_ELEMENTS)
            .withMaxMapSize(MAX_ELEMENTS)
            .withRangeLimit(10_000)
            .withProcessors(
                JinjavaProcessors.newBuilder()
                    .withNodePreProcessor(ChatTemplate::countStep)
                    .build())
            .withMaxRenderDepth(20)
            .withDisabled(
                Map.of(
                    Context.Library.TAG,
                    Set.of("include", "import", "from", "extends", "do", "cycle")))
            .withLegacyOverrides(
                LegacyOverrides.newBuilder()
                    .withUsePyishObjectMapper(true)
                    .withUseNaturalOperatorPrecedence(true)
                    .withParseWhitespaceControlStrictly(true)
                    .build())
            .build();
    Jinjava jinjava = new Jinjava(config);
    jinjava
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition(
                "", "raise_exception", ChatTemplate.class, "raiseException", String.class));
    return jinjava;
  }

  /** Called by templates that refuse a conversation, such as one whose roles do not alternate. */
  public static String raiseException(String reason) {
    throw new IllegalArgumentException(reason);
  }
}
