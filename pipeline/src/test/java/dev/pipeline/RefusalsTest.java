package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person is told who hands the program something it cannot use, and what is left behind. */
@Tag("e2e")
class RefusalsTest {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 13631488\n";

  private static final String RELEASED = "artifacts/smoke-joshi/models/smoke-joshi.gguf";

  /** Nobody listens on the port of "discard". */
  private static final String NOBODY = "http://127.0.0.1:9";

  /** A whole conversation that nobody has approved. */
  private static final String PENDING =
      """
      {"id": "c-1", "scenario": "steel", "round": 1, "supplier_sentiment": "wary", \
      "outstanding_asks": [], "messages": [{"role": "supplier", "text": "Steel went up."}, \
      {"role": "buyer", "text": "No."}], "review": {"status": "pending"}}
      """;

  @TempDir Path home;

  private SmokeConfig config;

  /** Something to be refused, and what must be said of it. */
  private record Refusal(
      String name, int status, String reason, String fix, Consumer<RefusalsTest> spoil) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Refusal> foreseeable() {
    return Stream.of(
        new Refusal(
            "missing model folder",
            4,
            "no such model folder: .*/nowhere",
            "correct base_model",
            test -> test.config.set("model", "base_model", test.home.resolve("nowhere"))),
        new Refusal(
            "Git LFS pointer instead of weights",
            4,
            ".*/base/model.safetensors is a git-lfs pointer",
            "git lfs pull",
            test -> test.write(test.weights(), POINTER)),
        new Refusal(
            "truncated safetensors",
            4,
            ".*/base/model.safetensors tensor .* ends at byte \\d+ of \\d+",
            "fetch the file again",
            test -> test.truncate(test.weights())),
        new Refusal(
            "pickle weights",
            4,
            ".*/base/pytorch_model.bin holds pickle weights",
            "convert the model to safetensors",
            test -> test.move(test.weights(), "pytorch_model.bin")),
        new Refusal(
            "unknown architecture",
            4,
            ".*/base/config.json: architecture UnknownForCausalLM is not supported",
            "Phi3ForCausalLM",
            test ->
                test.write(
                    test.config.ownBase().resolve("config.json"),
                    "{\"architectures\": [\"UnknownForCausalLM\"]}")),
        new Refusal(
            "tokenizer that nobody knows",
            4,
            ".*/base/tokenizer.json has in its pre_tokenizer Split with pattern .*",
            "llama-bpe",
            RefusalsTest::cutDigitsByTwo),
        new Refusal(
            "llama.cpp of one's own that is none",
            3,
            "cannot use llama_library .*/file: .*",
            "libllama.so",
            test -> test.config.set("package", "llama_library", test.file())),
        new Refusal(
            "unknown config key",
            2,
            ".*/sft.yaml:\\d+: unknown key \"lora_rank\" in sft",
            "it is called \"lora_r\" here",
            test -> test.config.set("sft", "lora_rank", 8)),
        new Refusal(
            "wrong type of a config value",
            2,
            ".*/sft.yaml:\\d+: lora_r wants a whole number, found \"eight\"",
            "give lora_r a whole number",
            test -> test.config.set("sft", "lora_r", "eight")),
        new Refusal(
            "empty dataset folder",
            4,
            "raw data folder .*/raw holds no .jsonl file",
            "put .jsonl files in it",
            test -> test.config.raw("")),
        new Refusal(
            "empty dataset file",
            4,
            "no line of the raw files in .*/raw holds a conversation; they are empty",
            "datasets/README.md",
            test -> test.config.raw("", "chat.jsonl")),
        new Refusal(
            "dataset of something else",
            4,
            "no line of the raw files in .*/raw holds a conversation; chat.jsonl line 1: .*",
            "datasets/README.md",
            test -> test.config.raw("{\"price\": 4}\n", "chat.jsonl", "email.jsonl")),
        new Refusal(
            "artefacts where nothing can be written",
            3,
            "output_dir: cannot write in .*/file/artifacts: .*/file is no folder",
            "set output_dir to a folder that can be written",
            test -> test.config.set("model", "output_dir", test.file().resolve("artifacts"))),
        new Refusal(
            "datasets where nothing can be written",
            3,
            "dataset_dir: cannot write in .*/file/datasets: .*/file is no folder",
            "set dataset_dir to a folder that can be written",
            test -> test.config.set("model", "dataset_dir", test.file().resolve("datasets"))),
        new Refusal(
            "unreachable Ollama",
            3,
            "ollama_url: no Ollama server answers at " + NOBODY,
            "ollama serve",
            test -> test.config.set("release", "ollama_url", NOBODY)));
  }

  @BeforeEach
  void thereIsAnEarlierRelease() {
    config = SmokeConfig.in(home);
    write(home.resolve(RELEASED), "earlier weights");
    write(home.resolve("datasets/curated/negotiation/latest"), "earlier version");
  }

  @ParameterizedTest
  @MethodSource("foreseeable")
  void isRefusedBeforeAnythingIsWritten(Refusal refusal) {
    refusal.spoil().accept(this);
    Map<String, String> before = files();
    assertRefused(run(), refusal.status(), refusal.reason(), refusal.fix());
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("foreseeable")
  void isFoundByValidate(Refusal refusal) {
    refusal.spoil().accept(this);
    Map<String, String> before = files();
    Program.Ended validated = Program.run("validate", "--config", config.folder().toString());
    assertThat(validated.status()).as(validated.text()).isEqualTo(refusal.status());
    assertThat(validated.lines())
        .anySatisfy(
            line -> assertThat(line).matches("(FAIL .*  |error: )" + refusal.reason() + ".*"))
        .anySatisfy(line -> assertThat(line).contains("fix: ").contains(refusal.fix()));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aDatasetOfWhichNothingIsLeftIsRefusedWithTheFirstRowsReason() {
    config.raw(PENDING, "chat.jsonl");
    config.set("curate", "accept_pending", false);
    Map<String, String> before = files();
    assertRefused(
        run(),
        4,
        "all 1 rows and lines were rejected \\{review-pending=1}; the first, chat.jsonl line 1: .*",
        "accept_pending: true");
    assertThat(files()).containsAllEntriesOf(before);
    assertThat(files().keySet())
        .noneMatch(RefusalsTest::isHalfWritten)
        .noneMatch(file -> file.endsWith("train.jsonl"));
  }

  /**
   * A limit on the size of files stands for the full disk: anybody may set one, and what cannot be
   * written, and when, is the same in every run.
   */
  @Test
  void aDiskThatFillsUpStopsTheRunWhereverItIsAndTheNextOneContinues() {
    config.raw(firstConversations(), "chat.jsonl");
    // Many commits make the job store outgrow its limit while rows are mined and curated.
    config.set("curate", "chunk_size", 2);
    config.set("sft", "lora_r", 32);
    Map<String, String> before = files();
    for (NoRoom place :
        List.of(
            new NoRoom(250, "\\.jobs/store.mv.db"),
            new NoRoom(4000, "checkpoints/step-\\d+.partial/optimizer.safetensors"),
            new NoRoom(8000, "base-F16.gguf.partial"))) {
      Program.Ended run = Program.runWithLimit(place.kilobytes(), arguments());
      String reason = "cannot write .*/" + place.file() + ": File too large";
      assertRefused(run, 3, reason, "free some disk space and run the same command again");
      assertThat(files()).containsEntry(RELEASED, before.get(RELEASED));
      assertThat(files().keySet()).noneMatch(RefusalsTest::isHalfWritten);
    }
    Program.Ended whole = run();
    assertThat(whole.status()).as(whole.text()).isZero();
    assertThat(home.resolve("artifacts/smoke-joshi/releases.json")).isRegularFile();
  }

  /** Files may not grow beyond so many kilobytes, so that this one cannot be written. */
  private record NoRoom(int kilobytes, String file) {}

  private static void assertRefused(Program.Ended run, int status, String reason, String fix) {
    assertThat(run.status()).as(run.text()).isEqualTo(status);
    List<String> end = run.lines().subList(Math.max(0, run.lines().size() - 2), run.lines().size());
    assertThat(end.get(0)).matches("error: " + reason + ".*");
    assertThat(end.get(1)).startsWith("fix: ").contains(fix);
    assertThat(run.lines()).noneMatch(line -> line.contains("Exception") || line.contains("\tat "));
  }

  private static boolean isHalfWritten(String file) {
    return file.matches(".*\\.(partial|tmp|probe|broken)(/.*)?");
  }

  private Program.Ended run() {
    return Program.run(arguments());
  }

  private String[] arguments() {
    return new String[] {"run", "sft", "--config", config.folder().toString()};
  }

  /** Every file and empty folder by name, with its digest; the log of the libraries left out. */
  private Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = home.relativize(path).toString();
        if (!name.matches("artifacts/\\.jobs(/pipeline\\.log)?")) {
          files.put(name, Files.isDirectory(path) ? "folder" : Hashes.sha256(path));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path weights() {
    return config.ownBase().resolve("model.safetensors");
  }

  private void cutDigitsByTwo() {
    Path file = config.ownBase().resolve("tokenizer.json");
    try {
      write(file, Files.readString(file).replace("{1,3}", "{1,2}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    Path file = home.resolve("file");
    write(file, "below this nobody can make a folder, not even root");
    return file;
  }

  private void truncate(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void move(Path file, String name) {
    try {
      Files.move(file, file.resolveSibling(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file, String text) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstConversations() {
    // Raw files change their encoding from line to line; as Latin-1, every byte can be read.
    Path raw = Path.of("../datasets/raw/chat.jsonl");
    try (Stream<String> lines = Files.lines(raw, StandardCharsets.ISO_8859_1)) {
      return String.join("\n", lines.limit(40).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
