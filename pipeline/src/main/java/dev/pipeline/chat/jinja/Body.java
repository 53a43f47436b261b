package dev.pipeline.chat.jinja;

import java.util.List;

/** Statements one after the other. */
record Body(List<Statement> statements) implements Statement {
  @Override
  public Flow run(Scope scope) {
    for (Statement statement : statements) {
      scope.work().step();
      Flow flow = statement.run(scope);
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }
}
