package dev.pipeline.cli;

import dev.pipeline.data.JsonLines;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something to ask.
 *
 * @param prompt the question
 * @param context what it is about; may be empty
 */
record Question(String prompt, String context) {
  private static final String STANDARD_INPUT = "-";

  /** A line of a .jsonl file. */
  record InFile(@Nullable String id, @Nullable String prompt, @Nullable String context) {}

  /** Those that were typed, then those of {@code file}; {@code context} wins over a line's own. */
  static List<Question> all(List<String> typed, Optional<Path> file, Optional<String> context) {
    List<Question> all = new ArrayList<>();
    for (String text : typed) {
      String prompt = text.equals(STANDARD_INPUT) ? standardInput() : text;
      all.add(new Question(prompt.strip(), context.orElse("")));
    }
    file.ifPresent(path -> all.addAll(of(InputFile.of("--questions", path), context)));
    if (all.isEmpty() || all.stream().anyMatch(question -> question.prompt().isEmpty())) {
      throw Failure.usage(
          all.isEmpty() ? "there is no question" : "a question is empty",
          "ask like this: pipeline ask \"Can we talk about the price?\"");
    }
    return all;
  }

  private static List<Question> of(Path file, Optional<String> context) {
    if (!file.toString().endsWith(".jsonl")) {
      return text(file)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .map(line -> new Question(line, context.orElse("")))
          .toList();
    }
    List<Question> questions = new ArrayList<>();
    for (InFile line : JsonLines.read(file, InFile.class)) {
      if (line.prompt() == null) {
        throw Failure.refused(
            file + " line " + (questions.size() + 1) + " lacks prompt",
            "write it like {\"prompt\": \"The mill closed for a week.\"}");
      }
      String own = line.context() == null ? "" : line.context();
      questions.add(new Question(line.prompt().strip(), context.orElse(own)));
    }
    return List.copyOf(questions);
  }

  /** The text of a file. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw Failure.refused(file + " is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check the path and its permissions", e);
    }
  }

  private static String standardInput() {
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
