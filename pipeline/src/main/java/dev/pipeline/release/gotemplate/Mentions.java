package dev.pipeline.release.gotemplate;

import dev.pipeline.release.gotemplate.Expression.Node;
import dev.pipeline.release.gotemplate.Expression.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the names of fields stand in a template. */
final class Mentions {
  private Mentions() {}

  static boolean in(List<Node> nodes, String field) {
    return nodes.stream().anyMatch(node -> in(node, field));
  }

  /**
   * Copies {@code nodes} until the first mention of {@code field}, that one included; an {@code if}
   * around it loses what stands behind within it.
   *
   * @return whether it was met
   */
  static boolean keepUpTo(List<Node> nodes, String field, List<Node> kept) {
    for (Node node : nodes) {
      if (node instanceof Node.Branch branch && !in(branch.pipe(), field) && in(branch, field)) {
        List<Node> body = new ArrayList<>();
        boolean met = keepUpTo(branch.body(), field, body);
        List<Node> otherwise = new ArrayList<>();
        if (!met && branch.otherwise() != null) {
          keepUpTo(branch.otherwise(), field, otherwise);
        }
        kept.add(
            new Node.Branch(
                branch.keyword(), branch.pipe(), List.copyOf(body), List.copyOf(otherwise)));
        return true;
      }
      kept.add(node);
      if (in(node, field)) {
        return true;
      }
    }
    return false;
  }

  private static boolean in(Node node, String field) {
    if (node instanceof Node.Action action) {
      return in(action.pipe(), field);
    } else if (node instanceof Node.Branch branch) {
      List<Node> otherwise = branch.otherwise();
      return in(branch.pipe(), field)
          || in(branch.body(), field)
          || (otherwise != null && in(otherwise, field));
    }
    return false;
  }

  private static boolean in(Expression expression, String field) {
    if (expression instanceof Pipe pipe) {
      return pipe.commands().stream()
          .flatMap(command -> command.words().stream())
          .anyMatch(word -> in(word, field));
    } else if (expression instanceof Expression.Fields fields) {
      return fields.names().contains(field);
    } else if (expression instanceof Expression.Variable variable) {
      return Stream.concat(Stream.of(variable.name()), variable.fields().stream())
          .anyMatch(field::equals);
    } else if (expression instanceof Expression.Chain chain) {
      return chain.fields().contains(field) || in(chain.of(), field);
    }
    return false;
  }
}
