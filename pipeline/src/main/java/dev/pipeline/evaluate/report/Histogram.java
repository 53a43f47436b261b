package dev.pipeline.evaluate.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answer lengths of all models in equal bins, laid out in SVG units.
 *
 * @param groups whose lengths they are
 * @param bars one a model in each bin
 */
public record Histogram(
    String caption,
    List<Group> groups,
    List<Tick> horizontal,
    List<Tick> vertical,
    List<Bar> bars) {

  /**
   * One model's answers.
   *
   * @param style CSS class that colours its bars
   * @param lengths in tokens, at least one
   */
  public record Group(String label, String style, List<Integer> lengths) {
    /** Copies the lengths. */
    public Group {
      lengths = List.copyOf(lengths);
    }

    private int[] counts(Axis axis) {
      int[] counts = new int[axis.intervals()];
      for (int length : lengths) {
        counts[(int) (length / axis.step())]++;
      }
      return counts;
    }
  }

  /**
   * One bar.
   *
   * @param style CSS class that colours it
   * @param text shown when it is pointed at
   */
  public record Bar(String style, String x, String y, String width, String height, String text) {}

  private static final int BINS = 12;
  private static final double GAP = 0.12;

  static Histogram of(List<Group> groups) {
    int longest =
        groups.stream().flatMap(group -> group.lengths.stream()).mapToInt(n -> n).max().orElse(0);
    Axis lengths = Axis.covering(0, longest + 1, BINS);
    List<int[]> counts = groups.stream().map(group -> group.counts(lengths)).toList();
    int highest = counts.stream().flatMapToInt(Arrays::stream).max().orElse(1);
    Axis answers = Axis.covering(0, highest, Math.min(highest, 5));
    List<Bar> bars = new ArrayList<>();
    for (int bin = 0; bin < lengths.intervals(); bin++) {
      for (int place = 0; place < groups.size(); place++) {
        Slot slot = new Slot(bin, place, groups.size());
        bars.add(bar(groups.get(place), slot, counts.get(place)[bin], lengths, answers));
      }
    }
    return new Histogram(
        caption(groups),
        groups,
        Canvas.horizontalTicks(lengths, lengths::label),
        Canvas.verticalTicks(answers),
        bars);
  }

  private static String caption(List<Group> groups) {
    return "How many of the "
        + groups.get(0).lengths.size()
        + " answers have which length: "
        + groups.stream().map(Group::label).collect(Collectors.joining(", "))
        + ".";
  }

  /** Where a bar stands: the {@code place}-th of {@code places} in {@code bin}. */
  private record Slot(int bin, int place, int places) {
    double edge(int index) {
      return bin + GAP / 2 + index * (1 - GAP) / places;
    }
  }

  private static Bar bar(Group group, Slot slot, int count, Axis lengths, Axis answers) {
    double step = lengths.step();
    double left = Canvas.x(lengths, step * slot.edge(slot.place));
    double right = Canvas.x(lengths, step * slot.edge(slot.place + 1));
    double top = Canvas.y(answers, count);
    double from = slot.bin * step;
    return new Bar(
        group.style,
        Canvas.text(left),
        Canvas.text(top),
        Canvas.text(right - left),
        Canvas.text(Canvas.BOTTOM - top),
        "%s: %d answers of %.0f to %.0f tokens"
            .formatted(group.label, count, from, from + step - 1));
  }
}
