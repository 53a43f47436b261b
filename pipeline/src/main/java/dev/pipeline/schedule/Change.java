package dev.pipeline.schedule;

import java.util.List;

/** What becomes of a text, line by line, as diff -u shows it but whole. */
public final class Change {
  private Change() {}

  /** Lines that go begin with "-", lines that come with "+", lines that stay with a space. */
  public static String of(String name, String before, String after) {
    if (before.equals(after)) {
      return name + ": unchanged\n";
    }
    List<String> old = before.lines().toList();
    List<String> fresh = after.lines().toList();
    int[][] common = common(old, fresh);
    StringBuilder text = new StringBuilder(name).append(":\n");
    int i = 0;
    int j = 0;
    while (i < old.size() || j < fresh.size()) {
      if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
        text.append("  ").append(old.get(i)).append('\n');
        i++;
        j++;
      } else if (j == fresh.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        text.append("- ").append(old.get(i)).append('\n');
        i++;
      } else {
        text.append("+ ").append(fresh.get(j)).append('\n');
        j++;
      }
    }
    return text.toString();
  }

  /** Shape [old + 1, fresh + 1]: lines that two ends have in common, in order. */
  private static int[][] common(List<String> old, List<String> fresh) {
    int[][] common = new int[old.size() + 1][fresh.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = fresh.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(fresh.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
