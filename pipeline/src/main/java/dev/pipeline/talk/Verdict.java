package dev.pipeline.talk;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Phase 0: whether a base model is worth training for this machine, where it will be served.
 *
 * @param passed whether every criterion is met
 * @param grade of its speed: great, good, acceptable or too slow
 * @param criteria each with what was found
 */
public record Verdict(boolean passed, String grade, List<Criterion> criteria) {
  /** Tokens a second. */
  private static final double ACCEPTABLE = 10;

  private static final double GOOD = 20;
  private static final double GREAT = 30;

  private static final double GIGA = 1e9;

  /** How llama.cpp, Ollama and this program call weights of four bits. */
  private static final Pattern FOUR_BITS = Pattern.compile("(.* )?(I?Q4_.*|NF4|MXFP4.*)");

  public Verdict {
    criteria = List.copyOf(criteria);
  }

  /** One thing that phase 0 asks. */
  public record Criterion(String name, boolean met, String found) {}

  /**
   * What the machine has.
   *
   * @param memory bytes
   * @param gpuMemory bytes of all GPUs; 0 where there is none
   */
  public record Capacity(long memory, long gpuMemory) {}

  /** Judges what was measured. */
  public static Verdict of(Figures figures, Capacity capacity) {
    List<Criterion> criteria =
        List.of(fourBits(figures), speed(figures), memory(figures, capacity), turns(figures));
    return new Verdict(
        criteria.stream().allMatch(Criterion::met), grade(figures.tokensPerSecond()), criteria);
  }

  private static Criterion fourBits(Figures figures) {
    boolean four = FOUR_BITS.matcher(figures.weights()).matches();
    return new Criterion(
        "4-bit",
        four,
        four ? "loads as " + figures.weights() : "was measured as " + figures.weights());
  }

  private static Criterion speed(Figures figures) {
    double speed = figures.tokensPerSecond();
    return new Criterion(
        "speed",
        speed > ACCEPTABLE,
        String.format(
            Locale.ROOT,
            "%.1f tokens/s is %s (more than %.0f acceptable, %.0f good, %.0f great)",
            speed,
            grade(speed),
            ACCEPTABLE,
            GOOD,
            GREAT));
  }

  private static String grade(double speed) {
    if (speed > GREAT) {
      return "great";
    }
    if (speed > GOOD) {
      return "good";
    }
    return speed > ACCEPTABLE ? "acceptable" : "too slow";
  }

  private static Criterion memory(Figures figures, Capacity capacity) {
    boolean onGpu = figures.memory().gpu() > 0;
    long taken = onGpu ? figures.memory().gpu() : figures.memory().resident();
    long there = onGpu ? capacity.gpuMemory() : capacity.memory();
    // Nothing measured is nothing shown.
    boolean known = taken > 0 && there > 0;
    return new Criterion(
        "memory",
        known && taken < there / 2,
        known
            ? String.format(
                Locale.ROOT,
                "%.2f GB of %.2f GB of %s, less than half is wanted",
                taken / GIGA,
                there / GIGA,
                onGpu ? "GPU memory" : "memory")
            : "could not be measured");
  }

  private static Criterion turns(Figures figures) {
    String lasted = "%d of %d turns".formatted(figures.turns(), figures.turnsAsked());
    boolean enough = figures.turns() >= figures.turnsAsked() && figures.turnsAsked() >= 10;
    return new Criterion(
        "turns",
        enough,
        lasted
            + figures.brokeWith().map(reason -> ", then: " + reason).orElse(" without a crash")
            + (figures.turnsAsked() < 10 ? "; ten are wanted" : ""));
  }
}
