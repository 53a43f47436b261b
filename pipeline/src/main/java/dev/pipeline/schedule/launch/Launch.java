package dev.pipeline.schedule.launch;

import dev.pipeline.config.LaunchConfig;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A run to be started elsewhere.
 *
 * @param name for people, such as pipeline-demo-sft
 * @param root the project's root, absolute, the same there as here
 * @param words the command's words after the program
 * @param logs folder that both sides see
 * @param needs what it asks for
 */
public record Launch(String name, Path root, List<String> words, Path logs, LaunchConfig needs) {
  private static final int LONGEST_NAME = 40;
  private static final String OPTION = "--launch";
  private static final String MODEL = "MODEL_NAME";
  private static final String KNOWN_AS = "model.known_as=";

  /** Refuses what no script can hold; makes the name a label of RFC 1123. */
  public Launch {
    words = List.copyOf(words);
    if (words.stream().anyMatch(word -> word.chars().anyMatch(Character::isISOControl))) {
      throw Failure.usage("a word of the command holds a control character", "leave it out");
    }
    String label = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    name =
        label
            .substring(0, Math.min(LONGEST_NAME, label.length()))
            .replaceFirst("^[^a-z0-9]+", "")
            .replaceFirst("-+$", "");
  }

  /** The program and its words. */
  List<String> command() {
    List<String> command = new ArrayList<>(List.of(root.resolve("scripts/pipeline").toString()));
    command.addAll(words);
    return command;
  }

  /**
   * The words of a command line, to be run by the process that starts them there.
   *
   * @param environment of this machine, where {@code MODEL_NAME} may say which model is trained
   */
  public static List<String> there(List<String> typed, Map<String, String> environment) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < typed.size(); i++) {
      if (typed.get(i).equals(OPTION)) {
        i++;
      } else if (!typed.get(i).startsWith(OPTION + "=")) {
        words.add(typed.get(i));
      }
    }
    String model = environment.getOrDefault(MODEL, "");
    if (!model.isEmpty()) {
      words.add(KNOWN_AS + model);
    }
    words.addAll(List.of(OPTION, "local"));
    return words;
  }
}
