package dev.pipeline.release.gotemplate;

import dev.pipeline.release.gotemplate.Expression.Command;
import dev.pipeline.release.gotemplate.Expression.Node;
import dev.pipeline.release.gotemplate.Expression.Pipe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Carries out a template once. */
final class Executor {
  private static final int LONGEST = 1 << 24;

  private final StringBuilder out = new StringBuilder();
  private final Deque<Map.Entry<String, Object[]>> variables = new ArrayDeque<>();

  /** How a list of nodes came to its end. */
  private enum End {
    THROUGH,
    BREAK,
    CONTINUE
  }

  static String run(List<Node> nodes, Object data) {
    Executor executor = new Executor();
    executor.declare("$", data);
    executor.walk(nodes, data);
    return executor.out.toString();
  }

  private End walk(List<Node> nodes, Object dot) {
    int mark = variables.size();
    try {
      for (Node node : nodes) {
        End end = walk(node, dot);
        if (end != End.THROUGH) {
          return end;
        }
      }
      return End.THROUGH;
    } finally {
      forget(mark);
    }
  }

  private End walk(Node node, Object dot) {
    if (node instanceof Node.Text text) {
      write(text.text());
    } else if (node instanceof Node.Action action) {
      Object value = evaluate(action.pipe(), dot);
      if (action.pipe().variables().isEmpty()) {
        write(GoValues.print(value));
      }
    } else if (node instanceof Node.Leave leave) {
      return leave.keyword().equals("break") ? End.BREAK : End.CONTINUE;
    } else if (node instanceof Node.Branch branch) {
      int mark = variables.size();
      End end = branch.keyword().equals("range") ? range(branch, dot) : choose(branch, dot);
      forget(mark);
      return end;
    }
    return End.THROUGH;
  }

  private End choose(Node.Branch branch, Object dot) {
    Object value = evaluate(branch.pipe(), dot);
    if (GoValues.isTrue(value)) {
      return walk(branch.body(), branch.keyword().equals("with") ? value : dot);
    }
    return otherwise(branch, dot);
  }

  private End range(Node.Branch branch, Object dot) {
    Object over = commands(branch.pipe().commands(), dot);
    int round = 0;
    for (Map.Entry<Object, Object> entry : entries(over)) {
      round++;
      int mark = variables.size();
      take(branch.pipe(), entry);
      End end = walk(branch.body(), entry.getValue());
      forget(mark);
      if (end == End.BREAK) {
        break;
      }
    }
    return round == 0 ? otherwise(branch, dot) : End.THROUGH;
  }

  private void take(Pipe pipe, Map.Entry<Object, Object> entry) {
    List<String> names = pipe.variables();
    List<Object> values =
        names.size() == 2 ? List.of(entry.getKey(), entry.getValue()) : List.of(entry.getValue());
    for (int i = 0; i < names.size(); i++) {
      store(names.get(i), values.get(i), pipe.declares());
    }
  }

  private static List<Map.Entry<Object, Object>> entries(Object over) {
    List<Map.Entry<Object, Object>> entries = new ArrayList<>();
    if (over instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        entries.add(Map.entry((long) i, GoValues.orNil(list.get(i))));
      }
    } else if (over instanceof Map<?, ?> map) {
      new TreeMap<>(map).forEach((key, value) -> entries.add(Map.entry(key, value)));
    } else if (over != GoValues.NIL) {
      throw new GoTemplateException("range can't iterate over " + GoValues.type(over));
    }
    return entries;
  }

  private End otherwise(Node.Branch branch, Object dot) {
    List<Node> otherwise = branch.otherwise();
    return otherwise == null ? End.THROUGH : walk(otherwise, dot);
  }

  private Object evaluate(Pipe pipe, Object dot) {
    Object value = commands(pipe.commands(), dot);
    pipe.variables().forEach(name -> store(name, value, pipe.declares()));
    return value;
  }

  private Object commands(List<Command> commands, Object dot) {
    List<Object> piped = List.of();
    for (Command command : commands) {
      piped = List.of(command(command, piped, dot));
    }
    return piped.get(0);
  }

  private Object command(Command command, List<Object> piped, Object dot) {
    Expression first = command.words().get(0);
    List<Expression> rest = command.words().subList(1, command.words().size());
    if (!(first instanceof Expression.Function function)) {
      if (!rest.isEmpty() || !piped.isEmpty()) {
        throw new GoTemplateException("can't give argument to non-function " + first);
      }
      if (first instanceof Expression.Nil) {
        throw new GoTemplateException("nil is not a command");
      }
      return value(first, dot);
    }
    if (function.name().equals("and") || function.name().equals("or")) {
      return shortCut(function.name().equals("or"), rest, piped, dot);
    }
    List<Object> arguments = new ArrayList<>();
    rest.forEach(word -> arguments.add(value(word, dot)));
    arguments.addAll(piped);
    if (arguments.isEmpty()) {
      throw new GoTemplateException("wrong number of args for " + function.name() + ": got 0");
    }
    return Functions.call(function.name(), arguments);
  }

  /** {@code and} and {@code or} stop at the argument that decides. */
  private Object shortCut(boolean until, List<Expression> words, List<Object> piped, Object dot) {
    Object value = GoValues.NIL;
    int count = 0;
    for (Expression word : words) {
      value = value(word, dot);
      count++;
      if (GoValues.isTrue(value) == until) {
        return value;
      }
    }
    if (count + piped.size() == 0) {
      throw new GoTemplateException("wrong number of args for and, or: got 0");
    }
    return piped.isEmpty() ? value : piped.get(0);
  }

  private Object value(Expression expression, Object dot) {
    if (expression instanceof Expression.Fixed fixed) {
      return fixed.value();
    } else if (expression instanceof Expression.Dot) {
      return dot;
    } else if (expression instanceof Expression.Fields fields) {
      return fields(dot, fields.names());
    } else if (expression instanceof Expression.Variable variable) {
      return fields(cell(variable.name())[0], variable.fields());
    } else if (expression instanceof Expression.Chain chain) {
      return fields(value(chain.of(), dot), chain.fields());
    } else if (expression instanceof Pipe pipe) {
      return evaluate(pipe, dot);
    } else if (expression instanceof Expression.Function function) {
      return command(new Command(List.of(function)), List.of(), dot);
    }
    return GoValues.NIL;
  }

  private static Object fields(Object value, List<String> names) {
    Object field = value;
    for (String name : names) {
      field = GoValues.field(field, name);
    }
    return field;
  }

  private void store(String name, Object value, boolean declares) {
    if (declares) {
      declare(name, value);
    } else {
      cell(name)[0] = value;
    }
  }

  private void declare(String name, Object value) {
    variables.push(Map.entry(name, new Object[] {value}));
  }

  private Object[] cell(String name) {
    return variables.stream()
        .filter(variable -> variable.getKey().equals(name))
        .findFirst()
        .orElseThrow(() -> new GoTemplateException("undefined variable \"" + name + "\""))
        .getValue();
  }

  private void forget(int mark) {
    while (variables.size() > mark) {
      variables.pop();
    }
  }

  private void write(String text) {
    if (out.length() + text.length() > LONGEST) {
      throw new GoTemplateException("it writes more than " + LONGEST + " characters");
    }
    out.append(text);
  }
}
