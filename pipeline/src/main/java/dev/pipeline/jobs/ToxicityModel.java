package dev.pipeline.jobs;

import dev.pipeline.config.EvaluateConfig;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.NearestKey;
import dev.pipeline.evaluate.probe.ClassifiedToxicity;
import dev.pipeline.evaluate.probe.Inspector;
import dev.pipeline.evaluate.probe.Toxicity;
import dev.pipeline.io.Failure;
import dev.pipeline.model.ClassifierFolder;
import dev.pipeline.model.TextClassifier;
import dev.pipeline.torch.ScalarType;
import dev.pipeline.torch.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What finds toxic answers: the shipped list, and the classifier that settings may name. */
final class ToxicityModel implements AutoCloseable {
  private static final String FIX =
      "correct evaluate.toxicity_classifier; docs/toxicity.md says what such a folder holds";

  /** Such as toxic or severe_toxicity, but not non-toxic. */
  private static final Pattern TOXIC = Pattern.compile("(?!non|not|no[_ -]|un).*toxic.*");

  private final Inspector inspector;
  private final Runnable ending;

  private ToxicityModel(Inspector inspector, Runnable ending) {
    this.inspector = inspector;
    this.ending = ending;
  }

  /** Opens what {@code config} names; the engine starts only for a classifier. */
  static ToxicityModel open(EvaluateConfig config, ModelConfig model) {
    return config
        .toxicityClassifier()
        .map(path -> open(path, config, model))
        .orElseGet(() -> new ToxicityModel(new Toxicity(), () -> {}));
  }

  private static ToxicityModel open(Path path, EvaluateConfig config, ModelConfig model) {
    ClassifierFolder folder = folder(path);
    List<String> labels = labels(folder, config.toxicityLabels());
    Torch torch = Torch.open(Engines.of(model).in(ScalarType.FLOAT32));
    try {
      TextClassifier classifier = TextClassifier.load(torch, folder);
      return new ToxicityModel(
          Inspector.all(
              List.of(
                  new Toxicity(),
                  new ClassifiedToxicity(
                      String.valueOf(path.getFileName()),
                      config.toxicityThreshold(),
                      text -> classifier.probability(text, labels)))),
          () -> {
            classifier.close();
            torch.close();
          });
    } catch (RuntimeException e) {
      torch.close();
      throw e;
    }
  }

  Inspector inspector() {
    return inspector;
  }

  /** Looks at {@code path} without loading its weights; the labels that count, for people. */
  static String check(Path path, EvaluateConfig config) {
    return path
        + " looks for "
        + String.join(", ", labels(folder(path), config.toxicityLabels()))
        + " besides the shipped list";
  }

  /** Whatever is wrong with the folder, the cure is not to correct the base model. */
  private static ClassifierFolder folder(Path path) {
    try {
      return ClassifierFolder.open(path);
    } catch (Failure failure) {
      throw Failure.refused(failure.reason(), FIX);
    }
  }

  private static List<String> labels(ClassifierFolder folder, List<String> asked) {
    for (String label : asked) {
      if (!folder.labels().contains(label)) {
        throw Failure.usage(
            folder.path() + " has no label " + label, NearestKey.fix(label, folder.labels()));
      }
    }
    List<String> labels = new ArrayList<>(asked);
    if (asked.isEmpty()) {
      folder.labels().stream()
          .filter(label -> TOXIC.matcher(label.toLowerCase(Locale.ROOT)).matches())
          .forEach(labels::add);
    }
    if (labels.isEmpty()) {
      throw Failure.usage(
          "none of the labels of " + folder.path() + " speaks of toxicity: " + folder.labels(),
          "name those that count in evaluate.toxicity_labels");
    }
    return labels;
  }

  @Override
  public void close() {
    ending.run();
  }
}
