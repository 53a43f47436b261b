package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.io.Json;
import dev.pipeline.weights.safetensors.SafetensorsFile;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("recipe")
class InspectCommandTest {
  private static final String BASE = "../artifacts/base";
  private static final Path GOLDEN = Path.of("src/test/resources/golden/adapter-dora");

  @TempDir Path folder;

  @Test
  void logitsAreThoseOfPeft() throws IOException {
    SafetensorsFile golden = SafetensorsFile.open(GOLDEN.resolve("peft_logits.safetensors"));
    TensorEntry entry = golden.tensor("ids_0");
    long[] ids = new long[(int) entry.elements()];
    entry.map().asLongBuffer().get(ids);
    float[] expected = floats(golden, "tuned_0");
    float[] all = logits(List.of(new long[] {5, 6}, ids), "--adapter", GOLDEN.toString());
    assertThat(
            farthest(Arrays.copyOfRange(all, all.length - expected.length, all.length), expected))
        .isLessThan(1e-4f);
  }

  @Test
  void lossOfARowFollowsFromItsLogits() throws IOException {
    Path rows = folder.resolve("rows.jsonl");
    Path out = folder.resolve("losses.json");
    Files.writeString(
        rows, row("one", "We can hold the price.") + row("two", "Agreed, thank you."));
    Typed typed =
        Typed.run(
            "inspect",
            "loss",
            "--config",
            "../configs/smoke",
            "--set",
            "base_model=" + BASE,
            "--rows",
            rows.toString(),
            "--out",
            out.toString());
    assertThat(typed.status()).as(typed.err()).isZero();
    JsonNode losses = Json.mapper().readTree(Files.readString(out));
    assertThat(losses.valueStream().map(row -> row.path("id").asString()))
        .containsExactly("one", "two");
    for (JsonNode row : losses) {
      long[] ids = row.path("ids").valueStream().mapToLong(JsonNode::asLong).toArray();
      int[] mask = row.path("mask").valueStream().mapToInt(JsonNode::asInt).toArray();
      assertThat(mask).hasSameSizeAs(ids);
      assertThat(Arrays.stream(mask).sum())
          .isEqualTo(row.path("trained_tokens").asInt())
          .isBetween(4, ids.length - 20);
      assertThat(row.path("loss").asDouble())
          .isCloseTo(loss(logits(List.of(ids)), ids, mask), within(1e-5));
    }
  }

  @Test
  void answersComeInTheOrderOfThePrompts() throws IOException {
    Path prompts = folder.resolve("prompts.jsonl");
    Path out = folder.resolve("answers.jsonl");
    Files.writeString(
        prompts,
        """
        {"id": "one", "prompt": "The mill closed for a week."}
        {"id": "two", "prompt": "We need an answer.", "context": "Round: 2"}
        """);
    Typed typed = generate(prompts, out, "--temperature", "0.7", "--seed", "5");
    assertThat(typed.status()).as(typed.err()).isZero();
    List<JsonNode> answers =
        Files.readAllLines(out).stream().map(line -> Json.mapper().readTree(line)).toList();
    assertThat(answers.stream().map(answer -> answer.path("id").asString()))
        .containsExactly("one", "two");
    for (JsonNode answer : answers) {
      assertThat(answer.propertyNames())
          .containsExactlyInAnyOrder("id", "prompt", "answer", "tokens", "ended");
      assertThat(answer.path("tokens").size()).isBetween(1, 6);
      assertThat(answer.path("ended").asString()).isIn("stop", "length");
      assertThat(answer.path("answer").asString()).doesNotContain("<|im_end|>");
    }
    String first = Files.readString(out);
    assertThat(generate(prompts, out, "--temperature", "0.7", "--seed", "5", "--batch", "1"))
        .extracting(Typed::status)
        .isEqualTo(0);
    assertThat(Files.readString(out)).isEqualTo(first);
  }

  @Test
  void stopWordsOfTheModelEndAnAnswer() throws IOException {
    Path prompts = folder.resolve("prompts.jsonl");
    Path out = folder.resolve("answers.jsonl");
    Files.writeString(prompts, "{\"id\": \"one\", \"prompt\": \"The mill closed for a week.\"}\n");
    assertThat(generate(prompts, out).status()).isZero();
    String answer = Json.mapper().readTree(Files.readString(out)).path("answer").asString();
    String word = Pattern.compile(" +").splitAsStream(answer).skip(1).findFirst().orElseThrow();

    generate(prompts, out, "--set", "stop_words=['<|im_end|>', '" + word + "']");

    JsonNode stopped = Json.mapper().readTree(Files.readString(out));
    assertThat(stopped.path("ended").asString()).isEqualTo("stop");
    assertThat(stopped.path("answer").asString())
        .isEqualTo(answer.substring(0, answer.indexOf(word)));
  }

  @Test
  void promptsThatForgeMessagesOrLackAFieldAreRefused() throws IOException {
    Path prompts = folder.resolve("prompts.jsonl");
    for (String line :
        List.of(
            "",
            "{\"id\": \"a\"}",
            "{\"id\": \"a\", \"prompt\": \"x\", \"more\": 1}",
            "{\"id\": \"a\", \"prompt\": \"<|im_end|>\"}")) {
      Files.writeString(prompts, line.isEmpty() ? "" : line + "\n");
      assertThat(generate(prompts, folder.resolve("x")).status()).as(line).isEqualTo(4);
      assertThat(folder.resolve("x")).doesNotExist();
    }
  }

  @Test
  void moreNewTokensThanTheModelHasPlacesForAreRefused() throws IOException {
    Path prompts = folder.resolve("prompts.jsonl");
    Files.writeString(prompts, "{\"id\": \"a\", \"prompt\": \"x\"}\n");
    Typed typed = generate(prompts, folder.resolve("x"), "--max-new-tokens", "2147483647");
    assertThat(typed.status()).isEqualTo(4);
    assertThat(typed.err()).contains("2147483647 new ones more than the model's 1024");
    assertThat(generate(prompts, folder.resolve("x"), "--max-new-tokens", "0").status())
        .isEqualTo(2);
  }

  @Test
  void filesThatAreNotThereAreASlipOfThePen() {
    Path absent = folder.resolve("absent");
    String out = folder.resolve("x").toString();
    assertThat(generate(absent, folder.resolve("x")).status()).isEqualTo(2);
    for (List<String> words :
        List.of(
            List.of("logits", "--base", BASE, "--tokens"),
            List.of("loss", "--config", "../configs/smoke", "--rows"))) {
      List<String> all = new ArrayList<>(List.of("inspect"));
      all.addAll(words);
      all.addAll(List.of(absent.toString(), "--out", out));
      Typed typed = Typed.run(all.toArray(String[]::new));
      assertThat(typed.status()).isEqualTo(2);
      assertThat(typed.err()).contains(absent + " does not exist");
    }
  }

  @Test
  void tokensThatAreNoTokensAreRefused() throws IOException {
    Path tokens = folder.resolve("tokens.json");
    for (String content :
        List.of(
            "[]",
            "[[]]",
            "{\"a\": 1}",
            "[[1, 999999]]",
            "[[-1]]",
            "null",
            "[null]",
            "[[1, null]]",
            "[[1.5]]",
            "[[\"1\"]]")) {
      Files.writeString(tokens, content);
      Typed typed =
          Typed.run(
              "inspect",
              "logits",
              "--base",
              BASE,
              "--tokens",
              tokens.toString(),
              "--out",
              folder.resolve("x").toString());
      assertThat(typed.status()).as(content).isEqualTo(4);
      assertThat(folder.resolve("x")).doesNotExist();
    }
  }

  private static Typed generate(Path prompts, Path out, String... more) {
    String[] words = {
      "inspect",
      "generate",
      "--config",
      "../configs/smoke",
      "--set",
      "base_model=" + BASE,
      "--prompts",
      prompts.toString(),
      "--out",
      out.toString()
    };
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    if (!all.contains("--max-new-tokens")) {
      all.addAll(List.of("--max-new-tokens", "6"));
    }
    return Typed.run(all.toArray(String[]::new));
  }

  private float[] logits(List<long[]> sequences, String... more) throws IOException {
    Path tokens = folder.resolve("tokens.json");
    Path out = folder.resolve("logits.safetensors");
    Files.writeString(tokens, Json.pretty(sequences));
    String[] words = {
      "inspect", "logits", "--base", BASE, "--tokens", tokens.toString(), "--out", out.toString()
    };
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    Typed typed = Typed.run(all);
    assertThat(typed.status()).as(typed.err()).isZero();
    return floats(SafetensorsFile.open(out), "logits_" + (sequences.size() - 1));
  }

  /** Mean of -log softmax at the trained tokens. */
  private static double loss(float[] logits, long[] ids, int[] mask) {
    int vocabulary = logits.length / ids.length;
    double sum = 0;
    for (int i = 1; i < ids.length; i++) {
      if (mask[i] == 1) {
        double total = 0;
        for (int token = 0; token < vocabulary; token++) {
          total += Math.exp(logits[(i - 1) * vocabulary + token]);
        }
        sum += Math.log(total) - logits[(i - 1) * vocabulary + (int) ids[i]];
      }
    }
    return sum / Arrays.stream(mask).sum();
  }

  private static String row(String id, String answer) {
    return """
    {"id": "%s", "family": "f", "instruction": "The mill closed.", "context": "Round: 2", \
    "ideal_answer": "%s", "source": {"file": "a", "line": 1, "conversation": "c", "turn": 1}, \
    "approval": {"state": "approved"}}
    """
        .formatted(id, answer);
  }

  private static float[] floats(SafetensorsFile file, String name) {
    TensorEntry entry = file.tensor(name);
    float[] values = new float[(int) entry.elements()];
    entry.map().asFloatBuffer().get(values);
    return values;
  }

  private static float farthest(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    float farthest = 0;
    for (int i = 0; i < a.length; i++) {
      farthest = Math.max(farthest, Math.abs(a[i] - b[i]));
    }
    return farthest;
  }
}
