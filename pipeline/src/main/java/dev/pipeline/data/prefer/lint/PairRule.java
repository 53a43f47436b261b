package dev.pipeline.data.prefer.lint;

import java.util.Optional;

/** One thing to be warned of. */
interface PairRule {
  /** Short name, in kebab case. */
  String name();

  /** What is wrong with the set, with counts; empty when nothing is. */
  Optional<String> check(PairSet set);
}
