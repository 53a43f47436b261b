package dev.pipeline.release;

import dev.pipeline.chat.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of Go's text/template as Ollama templates of chat models use, read from its documentation
 * and independent of the code that writes them: {@code range}, {@code if}, {@code else if}, {@code
 * end}, {@code and}, {@code eq}, {@code ne}, {@code index}, fields, variables and constants.
 */
final class GoTemplate {
  private static final Pattern ACTION = Pattern.compile("\\{\\{ ((?:\"(?:\\\\.|[^\"])*\"|.)*?) }}");
  private static final Pattern COMPARISON =
      Pattern.compile(
          "(eq|ne) (\\.Role|\\$i|\\(index \\$\\.Messages 0\\)\\.Role) (\"[^\"]*\"|\\d+)");

  /** Literal text, or an action when {@code isAction}. */
  private record Token(boolean isAction, String text) {}

  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private GoTemplate(String source) {
    Matcher action = ACTION.matcher(source);
    int end = 0;
    while (action.find()) {
      tokens.add(new Token(false, source.substring(end, action.start())));
      tokens.add(new Token(true, action.group(1)));
      end = action.end();
    }
    tokens.add(new Token(false, source.substring(end)));
  }

  static String execute(String source, List<ChatMessage> messages) {
    GoTemplate template = new GoTemplate(source);
    StringBuilder out = new StringBuilder();
    while (template.position < template.tokens.size()) {
      Token token = template.tokens.get(template.position);
      if (token.isAction() && token.text().startsWith("range ")) {
        int body = template.position + 1;
        for (int i = 0; i < messages.size(); i++) {
          template.position = body;
          template.block(messages, i, out);
        }
      } else {
        out.append(fixed(token));
      }
      template.position++;
    }
    return out.toString();
  }

  /** Carries out tokens up to the {@code else} or {@code end} of this block. */
  private void block(List<ChatMessage> messages, int index, StringBuilder out) {
    while (!isBranchEnd()) {
      Token token = tokens.get(position);
      if (token.isAction() && token.text().startsWith("if ")) {
        branches(messages, index, out);
      } else {
        simple(token, messages.get(index), out);
      }
      position++;
    }
  }

  private void branches(List<ChatMessage> messages, int index, StringBuilder out) {
    boolean done = false;
    String condition = tokens.get(position).text().substring("if ".length());
    while (true) {
      position++;
      boolean taken = !done && holds(condition, messages, index);
      block(messages, index, taken ? out : new StringBuilder());
      done |= taken;
      String end = tokens.get(position).text();
      if (end.equals("end")) {
        return;
      }
      condition = end.substring("else if ".length());
    }
  }

  private boolean isBranchEnd() {
    Token token = tokens.get(position);
    return token.isAction() && (token.text().equals("end") || token.text().startsWith("else"));
  }

  private static void simple(Token token, ChatMessage message, StringBuilder out) {
    boolean isContent = token.isAction() && token.text().equals(".Content");
    out.append(isContent ? message.content() : fixed(token));
  }

  private static String fixed(Token token) {
    if (!token.isAction()) {
      return token.text();
    }
    if (!token.text().startsWith("\"")) {
      throw new AssertionError("not understood: " + token.text());
    }
    return token.text().substring(1, token.text().length() - 1).translateEscapes();
  }

  private static boolean holds(String condition, List<ChatMessage> messages, int index) {
    Matcher comparison = COMPARISON.matcher(condition);
    boolean all = true;
    int found = 0;
    while (comparison.find()) {
      String left =
          switch (comparison.group(2)) {
            case "$i" -> Integer.toString(index);
            case ".Role" -> '"' + messages.get(index).role() + '"';
            default -> '"' + messages.get(0).role() + '"';
          };
      all &= left.equals(comparison.group(3)) == comparison.group(1).equals("eq");
      found++;
    }
    boolean understood = condition.startsWith("and ") ? found > 1 : found == 1;
    if (!understood) {
      throw new AssertionError("not understood: " + condition);
    }
    return all;
  }
}
