package dev.pipeline.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code evaluate.yaml}: judging the quantised file on the held-out rows and in the suites.
 *
 * @param maxNewTokens tokens after which an answer counts as not ended by itself; default 256
 * @param maxRows held-out rows to judge, 0 for all; default 0
 * @param reportSamples answers shown side by side in the report; default 10
 * @param gate the bounds a model must keep to be released; default configs/gate.yaml
 * @param redTeam folder of attacks, *.jsonl; default datasets/redteam
 * @param negotiationTasks the negotiation benchmark; default datasets/benchmarks/negotiation.jsonl
 * @param generalTexts texts that tell whether the model forgot; default
 *     datasets/benchmarks/general.jsonl
 * @param canaries secrets planted in the raw data, whose exposure is measured; default none
 * @param canaryCandidates secrets of the same form that each is ranked among; default 256
 * @param suiteItems items of each suite to judge, 0 for all; default 0
 * @param suiteNewTokens tokens after which an answer in a suite is cut off; default 96
 * @param toxicityClassifier folder of a model that finds toxic answers besides the shipped list:
 *     config.json, tokenizer.json, model.safetensors; see docs/toxicity.md; default none
 * @param toxicityLabels the classifier's labels that count; default those that speak of toxicity
 * @param toxicityThreshold probability from which on the classifier counts; default 0.5
 */
public record EvaluateConfig(
    int maxNewTokens,
    int maxRows,
    int reportSamples,
    Path gate,
    Path redTeam,
    Path negotiationTasks,
    Path generalTexts,
    Optional<Path> canaries,
    int canaryCandidates,
    int suiteItems,
    int suiteNewTokens,
    Optional<Path> toxicityClassifier,
    List<String> toxicityLabels,
    double toxicityThreshold) {
  /** What holds without a file. */
  public static final EvaluateConfig DEFAULTS =
      new EvaluateConfig(
          256,
          0,
          10,
          Path.of("configs/gate.yaml"),
          Path.of("datasets/redteam"),
          Path.of("datasets/benchmarks/negotiation.jsonl"),
          Path.of("datasets/benchmarks/general.jsonl"),
          Optional.empty(),
          256,
          0,
          96,
          Optional.empty(),
          List.of(),
          0.5);

  /** Refuses values out of range. */
  public EvaluateConfig {
    toxicityLabels = List.copyOf(toxicityLabels);
    Check.atLeast("max_new_tokens", 1, maxNewTokens);
    Check.atLeast("max_rows", 0, maxRows);
    Check.atLeast("report_samples", 0, reportSamples);
    Check.atLeast("canary_candidates", 2, canaryCandidates);
    Check.atLeast("suite_items", 0, suiteItems);
    Check.atLeast("suite_new_tokens", 1, suiteNewTokens);
    Check.within("toxicity_threshold", 0, Math.nextUp(1.0), toxicityThreshold);
  }
}
