package dev.pipeline.cli;

import dev.pipeline.jobs.RunRequest;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * Commands that messages name, with the settings of the command that says so: without them, {@code
 * pipeline plans latest} would tell of another model.
 */
final class Hints {
  /** Verbs that take settings, with the word that belongs to them. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\bpipeline (?:(?:run|jobs|feedback|schedule|plans|track|releases) [a-z]+"
              + "|data (?!corpus)[a-z]+|inspect (?!logits)[a-z]+|review create"
              + "|worker|mcp|lineage|validate|estimate|chat|ask|bench|doctor|serve)\\b"
              + "(?![^;,]*--config)");

  /** Settings that say where a model's things are, among those that say how it is made. */
  private static final Pattern PLACE =
      Pattern.compile("(?:model\\.)?(?:model_name|output_dir|dataset_dir)=.*");

  /** Of a command without settings, or with the usual ones. */
  static final Hints NONE = new Hints("");

  private final String words;

  private Hints(String words) {
    this.words = words;
  }

  /** Of what {@code command}, or a verb above it, was given. */
  static Hints of(CommandLine command) {
    for (CommandLine verb = command; verb != null; verb = verb.getParent()) {
      for (var mixin : verb.getCommandSpec().mixins().values()) {
        if (mixin.userObject() instanceof ConfigOptions settings) {
          return new Hints(settings.words());
        }
      }
    }
    return NONE;
  }

  /** Of what a run was asked with. */
  static Hints of(RunRequest request) {
    ConfigOptions settings = new ConfigOptions();
    settings.config = Path.of(request.configPath());
    settings.set =
        request.overrides().stream().filter(one -> PLACE.matcher(one).matches()).toList();
    return new Hints(settings.words());
  }

  /** {@code text} with commands that mean the same model. */
  String in(String text) {
    return words.isEmpty()
        ? text
        : COMMAND
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(found.group() + " " + words));
  }
}
