package dev.pipeline.config;

import java.util.List;
import java.util.Map;

/** A piece of YAML that remembers where it stood. */
sealed interface Node {
  /** Where it stands, such as {@code configs/demo/sft.yaml:12}. */
  String where();

  /** What it is, in the words of an error. */
  String kind();

  /** A single value as written, without its quotes. */
  record Scalar(String text, String where) implements Node {
    @Override
    public String kind() {
      return text.isEmpty() ? "nothing" : "\"" + text + "\"";
    }
  }

  /** A list. */
  record Items(List<Node> nodes, String where) implements Node {
    /** Copies the list. */
    public Items {
      nodes = List.copyOf(nodes);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and values in the order written; a key stands at its value's place. */
  record Fields(Map<String, Node> nodes, String where) implements Node {
    @Override
    public String kind() {
      return "a group of keys";
    }
  }
}
