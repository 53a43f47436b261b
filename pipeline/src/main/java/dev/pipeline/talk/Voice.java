package dev.pipeline.talk;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.chat.ReplyCleaner;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a model is spoken to: what makes a prompt of messages, and what its replies are cleaned of.
 *
 * @param template the one it was trained with
 * @param controlTokens texts of the tokens that frame messages
 * @param stopWords texts that end an answer
 * @param forged finds the control token that a text would be read as
 */
public record Voice(
    ChatTemplate template,
    List<String> controlTokens,
    List<String> stopWords,
    Function<String, Optional<String>> forged) {
  private static final String PROBE = "probe-question";

  public Voice {
    controlTokens = List.copyOf(controlTokens);
    stopWords = List.copyOf(stopWords);
  }

  /** The voice of a model folder. */
  public static Voice of(ChatModel chat, List<String> stopWords) {
    return new Voice(chat.template(), chat.controlTokens(), stopWords, chat::controlTokenIn);
  }

  /** A voice whose control tokens are read as they are written. */
  public static Voice of(
      ChatTemplate template, List<String> controlTokens, List<String> stopWords) {
    return new Voice(
        template,
        controlTokens,
        stopWords,
        text -> controlTokens.stream().filter(text::contains).findFirst());
  }

  /** The prompt of a conversation; refuses messages that would end or forge another. */
  String prompt(List<ChatMessage> conversation) {
    for (ChatMessage message : conversation) {
      forged
          .apply(message.content())
          .ifPresent(
              token -> {
                throw Failure.refused(
                    "the %s text contains the control token %s".formatted(message.role(), token),
                    "remove it; it would end or forge a message");
              });
    }
    return template.render(conversation, true);
  }

  /** A cleaner for one reply. */
  ReplyCleaner cleaner() {
    return new ReplyCleaner(
        Stream.of(controlTokens, stopWords, openings()).flatMap(List::stream).toList());
  }

  /** What opens the turns of both, such as {@code <|im_start|>user<|im_sep|>}. */
  private List<String> openings() {
    List<ChatMessage> question = List.of(ChatMessage.user(PROBE));
    String without = template.render(question, false);
    String with = template.render(question, true);
    List<String> openings = new ArrayList<>();
    if (with.startsWith(without)) {
      openings.add(with.substring(without.length()).strip());
    }
    int asked = without.indexOf(PROBE);
    if (asked > 0) {
      String opening = without.substring(0, asked).strip();
      openings.add(
          opening.startsWith(template.bosToken())
              ? opening.substring(template.bosToken().length())
              : opening);
    }
    // A plain word such as "Answer:" may well be a part of a reply.
    return openings.stream()
        .filter(opening -> controlTokens.stream().anyMatch(opening::contains))
        .toList();
  }
}
