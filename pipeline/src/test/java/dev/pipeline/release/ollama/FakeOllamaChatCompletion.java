package dev.pipeline.release.ollama;

import com.sun.net.httpserver.HttpExchange;
import dev.pipeline.release.ollama.FakeOllama.Answer;
import dev.pipeline.release.ollama.FakeOllama.Misbehaviour;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The call that answers a chat, a word a line; the answer is a test's. */
final class FakeOllamaChatCompletion {
  private final FakeOllamaModels models;
  private final Predicate<Misbehaviour> misbehaves;

  FakeOllamaChatCompletion(FakeOllamaModels models, Predicate<Misbehaviour> misbehaves) {
    this.models = models;
    this.misbehaves = misbehaves;
  }

  void answer(HttpExchange exchange, FakeOllamaRequest request, Function<String, Answer> model)
      throws IOException {
    models.require(request);
    request.requireParameters("options");
    Answer answer = model.apply(lastMessage(request));
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String word : List.of(answer.text().split("(?<= )", -1))) {
      lines.add(Map.of("message", Map.of("role", "assistant", "content", word), "done", false));
    }
    if (!misbehaves.test(Misbehaviour.BREAK_IN_CHAT)) {
      lines.add(
          Map.of(
              "message",
              Map.of("role", "assistant", "content", ""),
              "done",
              true,
              "done_reason",
              answer.doneReason(),
              "eval_count",
              lines.size()));
    }
    FakeOllamaResponse.stream(exchange, lines);
  }

  private static String lastMessage(FakeOllamaRequest request) {
    String last = "";
    for (JsonNode message : request.at("messages")) {
      Set<String> keys = new TreeSet<>(message.propertyNames());
      if (!keys.equals(Set.of("role", "content"))
          || !Set.of("system", "user", "assistant").contains(message.path("role").asString(""))) {
        throw new FakeOllamaRefusal(400, "invalid message " + keys);
      }
      last = message.path("content").asString("");
    }
    return last;
  }
}
