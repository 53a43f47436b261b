package dev.pipeline.data.automaton;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern as instructions, after R. Cox, "Regular Expression Matching: the Virtual Machine
 * Approach" (2009). The first branch of a split is preferred.
 */
final class Program {
  /** What an instruction does. */
  enum Operation {
    /** Takes a character of the set {@code argument}, goes on at {@code next}. */
    TAKE,
    /** Goes on at {@code next}, or else at {@code argument}. */
    SPLIT,
    /** Goes on where a word begins or ends. */
    BOUNDARY,
    /** The pattern has matched. */
    MATCH
  }

  /** One instruction. */
  record Instruction(Operation operation, int next, int argument) {}

  /** A part of a pattern, which writes itself in front of what follows and tells its begin. */
  @FunctionalInterface
  interface Part {
    int write(Program program, int next);
  }

  private final List<Instruction> instructions = new ArrayList<>();
  private final boolean backward;

  private Program(boolean backward) {
    this.backward = backward;
  }

  /** The instructions of a pattern, and where they begin. */
  record Written(Program program, int start) {}

  /**
   * Writes {@code pattern}.
   *
   * @param backward whether it is to read from its end to its begin
   */
  static Written of(Part pattern, boolean backward) {
    Program program = new Program(backward);
    int match = program.add(Operation.MATCH, 0, 0);
    return new Written(program, pattern.write(program, match));
  }

  Instruction at(int index) {
    return instructions.get(index);
  }

  int size() {
    return instructions.size();
  }

  /** Begins at any later character where {@code start} fails: {@code .*?} in front of it. */
  int anywhere(int start, int everything) {
    int split = add(Operation.SPLIT, start, 0);
    int skip = add(Operation.TAKE, split, everything);
    instructions.set(split, new Instruction(Operation.SPLIT, start, skip));
    return split;
  }

  static Part take(int set) {
    return (program, next) -> program.add(Operation.TAKE, next, set);
  }

  static Part boundary() {
    return (program, next) -> program.add(Operation.BOUNDARY, next, 0);
  }

  static Part sequence(List<Part> parts) {
    return (program, next) -> {
      int at = next;
      for (int i = 0; i < parts.size(); i++) {
        at = parts.get(program.backward ? i : parts.size() - 1 - i).write(program, at);
      }
      return at;
    };
  }

  static Part either(List<Part> parts) {
    return (program, next) -> {
      int at = parts.get(parts.size() - 1).write(program, next);
      for (int i = parts.size() - 2; i >= 0; i--) {
        at = program.add(Operation.SPLIT, parts.get(i).write(program, next), at);
      }
      return at;
    };
  }

  /**
   * {@code part}, repeated.
   *
   * @param most -1 for any number of times
   * @param greedy whether more is better
   */
  static Part repeated(Part part, int least, int most, boolean greedy) {
    return (program, next) -> {
      int at = most < 0 ? program.loop(part, next, greedy) : next;
      for (int i = least; i < most; i++) {
        at = program.add(branch(part.write(program, at), next, greedy));
      }
      for (int i = 0; i < least; i++) {
        at = part.write(program, at);
      }
      return at;
    };
  }

  private int loop(Part part, int next, boolean greedy) {
    int split = add(Operation.SPLIT, next, next);
    instructions.set(split, branch(part.write(this, split), next, greedy));
    return split;
  }

  private static Instruction branch(int body, int next, boolean greedy) {
    return greedy
        ? new Instruction(Operation.SPLIT, body, next)
        : new Instruction(Operation.SPLIT, next, body);
  }

  private int add(Operation operation, int next, int argument) {
    return add(new Instruction(operation, next, argument));
  }

  private int add(Instruction instruction) {
    instructions.add(instruction);
    return instructions.size() - 1;
  }
}
