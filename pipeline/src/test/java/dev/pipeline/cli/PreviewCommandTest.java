package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.io.Json;
import dev.pipeline.train.RowPreview;
import dev.pipeline.train.SftExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewCommandTest {
  private static final Path BASE = Path.of("../artifacts/base");
  private static final String ROW =
      """
      {"id":"%s","family":"f","instruction":"Our price stays at 12 EUR per kg.","context":"Round: 2",\
      "ideal_answer":"%s","source":{"file":"a.jsonl","line":1,"conversation":"c","turn":1},\
      "approval":{"state":"approved"}}
      """;

  @TempDir Path folder;
  private Path rows;

  @BeforeEach
  void writeTwoRows() throws IOException {
    rows = folder.resolve("train.jsonl");
    Files.writeString(
        rows,
        ROW.formatted("first", "Thank you.")
            + ROW.formatted("second", "Understood. Could we look at grüße volumes?"));
  }

  @Test
  void showsTheTokensAndTheMaskThatTrainingUses() {
    RowPreview preview = Json.parse(preview("2", "--json").out(), RowPreview.class, "preview");

    TrainingExample trained = examples().get(1);
    assertThat(preview.id()).isEqualTo("second");
    assertThat(preview.ids())
        .containsExactlyElementsOf(Arrays.stream(trained.ids()).boxed().toList());
    assertThat(preview.trainedTokens())
        .isEqualTo(trained.trainedTokens())
        .isEqualTo(preview.mask().stream().mapToInt(Integer::intValue).sum());
    assertThat(preview.mask().indexOf(1)).isEqualTo(trained.firstTrained());
    assertThat(preview.mask().lastIndexOf(0)).isEqualTo(trained.firstTrained() - 1);
    assertThat(preview.tokens()).hasSameSizeAs(preview.ids()).endsWith("<|im_end|>");
    assertThat(preview.terminator()).isEqualTo("<|im_end|>");
    assertThat(preview.terminatorTrained()).isTrue();
    assertThat(preview.beginnings()).isZero();
    assertThat(preview.fits()).isTrue();
    assertThat(preview.shortened()).isFalse();
  }

  @Test
  void putsLearnedTokensInBracketsWhereThereAreNoColours() {
    Typed typed = preview("1");

    assertThat(typed.status()).as(typed.err()).isZero();
    assertThat(typed.out())
        .contains("row 1 of " + rows + ": first\n", "beginning token: none\n")
        .contains("terminator: <|im_end|>, learned\n", "context: whole\n")
        .contains("Message:\nOur price stays at 12 EUR per kg.<|im_end|><|im_start|>assistant")
        .contains("<|im_sep|>[")
        .endsWith("[<|im_end|>]\n")
        .doesNotContain("\u001b");
    String learned = typed.out().substring(typed.out().indexOf("<|im_sep|>["));
    assertThat(learned.replaceAll("[\\[\\]]", "")).contains("Thank you.<|im_end|>");
  }

  @Test
  void coloursAreForTerminalsAndARowCannotSteerIt() {
    RowPreview preview = Json.parse(preview("2", "--json").out(), RowPreview.class, "preview");

    String text = new PreviewText(true).of(preview);
    String steered = new PreviewText(true).of(withFirstToken("\u001b[2J", preview));

    assertThat(text).contains("\u001b[32m", "\u001b[90m");
    assertThat(steered).contains("\\u001b[2J").doesNotContain("\u001b[2J");
    assertThat(text.replaceAll("\u001b\\[\\d+m", ""))
        .contains("grüße")
        .doesNotContain("[<|im_end|>]");
  }

  @Test
  void saysWhenARowIsShortenedOrLeftOut() {
    assertThat(preview("1", "--set", "sft.sequence_len=70").out()).contains("context: ");
    assertThat(preview("1", "--set", "sft.sequence_len=20").out())
        .contains("context: TOO LONG for sequence_len");
    assertThat(
            preview("1", "--set", "sft.sequence_len=" + (examples().get(0).ids().length - 1)).out())
        .contains("context: shortened to fit sequence_len");
  }

  @Test
  void aRowThatIsNotThereIsAMistake() {
    assertThat(preview("3").err()).contains("has no row 3", "from 1 to 2");
    assertThat(preview("0").status()).isEqualTo(2);
  }

  @Test
  void rowsThatAreNotThereOrEmptyAreNamed() throws IOException {
    Files.writeString(rows, "");
    assertThat(preview("1"))
        .satisfies(typed -> assertThat(typed.status()).isEqualTo(4))
        .satisfies(typed -> assertThat(typed.err()).contains(rows + " has no rows"));
    Files.delete(rows);
    assertThat(preview("1"))
        .satisfies(typed -> assertThat(typed.status()).isEqualTo(2))
        .satisfies(typed -> assertThat(typed.err()).contains("--rows " + rows, "does not exist"));
  }

  @Test
  void withoutADatasetItSaysHowToMakeOne() {
    Typed typed =
        Typed.run(
            "data",
            "preview",
            "--config",
            "../configs/demo",
            "--row",
            "1",
            "--set",
            "dataset_dir=" + folder);

    assertThat(typed.status()).isEqualTo(4);
    assertThat(typed.err()).contains("no curated dataset", "pipeline run curate");
  }

  @Test
  void rowsBeyondTheWantedOnesAreNotRead() {
    try (ChatModel chat = ChatModel.open(BASE)) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, ModelConfig.DEFAULTS.systemPrompt());
      assertThat(SftExamples.read(rows, prompt, 512, 1).examples())
          .extracting(TrainingExample::id)
          .containsExactly("first");
    }
  }

  private static RowPreview withFirstToken(String token, RowPreview preview) {
    List<String> tokens = new ArrayList<>(preview.tokens());
    tokens.set(0, token);
    return new RowPreview(
        preview.id(),
        preview.ids(),
        tokens,
        preview.mask(),
        preview.trainedTokens(),
        preview.shortened(),
        preview.fits(),
        preview.beginnings(),
        preview.terminator(),
        preview.terminatorTrained());
  }

  private List<TrainingExample> examples() {
    try (ChatModel chat = ChatModel.open(BASE)) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, ModelConfig.DEFAULTS.systemPrompt());
      return SftExamples.read(rows, prompt, 512).examples();
    }
  }

  private Typed preview(String row, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("data", "preview", "--config", "../configs/demo", "--row", row));
    arguments.addAll(List.of("--rows", rows.toString(), "--set", "base_model=" + BASE));
    arguments.addAll(List.of(more));
    return Typed.run(arguments.toArray(String[]::new));
  }
}
