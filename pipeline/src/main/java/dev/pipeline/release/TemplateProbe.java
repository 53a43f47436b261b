package dev.pipeline.release;

import static dev.pipeline.chat.ChatMessage.assistant;
import static dev.pipeline.chat.ChatMessage.system;
import static dev.pipeline.chat.ChatMessage.user;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.io.Failure;
import java.util.List;

/**
 * Finds the {@link TurnLayout} of a Jinja template by rendering conversations with it, then proves
 * it on others. Observing the template rather than parsing it means that every template with such a
 * layout is translated, however it is written, and no other.
 */
final class TemplateProbe {
  private static final String S = "probe-system";
  private static final String U = "probe-user";
  private static final String A = "probe-assistant";
  private static final String NEXT = "probe-next";

  /** Conversations that tell apart templates which trim, count, alternate or look ahead. */
  private static final List<List<ChatMessage>> PROOFS =
      List.of(
          List.of(user("one")),
          List.of(system("be brief"), user("one")),
          List.of(user("one"), assistant("two"), user("three")),
          List.of(system("be brief"), user("one"), assistant("two"), user("three")),
          List.of(
              user("1"),
              assistant("2"),
              user("3"),
              assistant("4"),
              user("5"),
              assistant("6"),
              user("7")),
          List.of(system(" s\n"), user("\n u "), assistant(" a "), user("\tn\n\n")),
          List.of(user("{{ x }} {% y %} \"\"\" 'q' \\n"), assistant("<b> & é 漢 😀"), user("ok")));

  private final ChatTemplate template;

  TemplateProbe(ChatTemplate template) {
    this.template = template;
  }

  /** The layout, or a failure that says what about the template has none. */
  TurnLayout layout() {
    String asked = render(user(U));
    String answered = render(user(U), assistant(A));
    String askedAgain = render(user(U), assistant(A), user(NEXT));
    TurnMarkers assistant = split(rest(answered, asked, "an answer"), A);
    TurnMarkers user = split(rest(askedAgain, answered, "a second question"), NEXT);
    String opening = before(asked, user.around(U), "the first question from later ones");
    String framed = render(system(S), user(U));
    boolean opens = !framed.endsWith(user.around(U));
    String question = opens ? U + user.after() : user.around(U);
    TurnMarkers system = split(before(framed, question, "a question after a system message"), S);
    String prompt = rest(template.render(List.of(user(U)), true), asked, "the generation prompt");
    TurnLayout layout = new TurnLayout(opening, system, opens, user, assistant, prompt);
    for (List<ChatMessage> messages : PROOFS) {
      if (!layout.render(messages).equals(template.render(messages, true))) {
        throw unfaithful(
            "it does more than put fixed text around each message, shown by " + messages);
      }
    }
    return layout;
  }

  private String render(ChatMessage... messages) {
    return template.render(List.of(messages), false);
  }

  private static String rest(String longer, String shorter, String what) {
    if (!longer.startsWith(shorter)) {
      throw unfaithful("it rewrites what came before " + what);
    }
    return longer.substring(shorter.length());
  }

  private static String before(String whole, String tail, String what) {
    if (!whole.endsWith(tail)) {
      throw unfaithful("it renders " + what + " differently");
    }
    return whole.substring(0, whole.length() - tail.length());
  }

  private static TurnMarkers split(String text, String content) {
    int at = text.indexOf(content);
    if (at < 0 || text.indexOf(content, at + 1) >= 0) {
      throw unfaithful("it does not render each message exactly once");
    }
    return new TurnMarkers(text.substring(0, at), text.substring(at + content.length()));
  }

  private static Failure unfaithful(String why) {
    return Failure.refused(
        "the chat template cannot be translated for Ollama: " + why,
        "give the base model a chat_template that puts fixed text around each message and train"
            + " again, so that what is served is what was trained");
  }
}
