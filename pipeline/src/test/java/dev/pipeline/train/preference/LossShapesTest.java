package dev.pipeline.train.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every loss, with a length penalty at work, which TRL does not have. */
class LossShapesTest {
  private static final LengthPenalty PENALTY = new LengthPenalty(3, 0.25);
  private static final double STEP = 1e-6;

  static Stream<PreferenceLoss> losses() {
    DpoLoss dpo = new DpoLoss(0.3, 0.1, PENALTY);
    return Stream.of(
        dpo,
        new NormalisedDpoLoss(2, PENALTY),
        new LdDpoLoss(0.3, 0.5, PENALTY),
        new IpoLoss(0.4, PENALTY),
        new RpoLoss(dpo, 0.5),
        new OrpoLoss(0.5, PENALTY),
        new SimpoLoss(2, 0.5, PENALTY));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientsAreThoseOfTheValue(PreferenceLoss loss) {
    PairLogProbs pair = new PairLogProbs(answer(5, 1), answer(7, 2));
    PairLoss found = loss.of(pair);
    for (int token = 0; token < 5; token++) {
      double slope = slope(loss, pair, pair.chosen().policy(), token);
      assertThat(found.chosen().gradient()[token]).isCloseTo(slope, offset(1e-7));
    }
    for (int token = 0; token < 7; token++) {
      double slope = slope(loss, pair, pair.rejected().policy(), token);
      assertThat(found.rejected().gradient()[token]).isCloseTo(slope, offset(1e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aTokenBeyondTheLimitCostsTheRejectedAnswerAndNotTheOneWithin(PreferenceLoss loss) {
    PairLogProbs within = new PairLogProbs(answer(3, 1), answer(3, 2));
    PairLogProbs beyond = new PairLogProbs(answer(3, 1), answer(4, 2));
    assertThat(PENALTY.of(within)).isZero();
    assertThat(PENALTY.of(beyond)).isEqualTo(-0.25);
    assertThat(loss.of(within).value()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void extremesStayFinite(PreferenceLoss loss) {
    for (double sure : new double[] {0, -1e-300, -1e5}) {
      AnswerLogProbs one = new AnswerLogProbs(new double[] {sure}, new double[] {-1e5});
      AnswerLogProbs other = new AnswerLogProbs(new double[] {-1e5}, new double[] {sure});
      PairLoss forward = loss.of(new PairLogProbs(one, other));
      PairLoss backward = loss.of(new PairLogProbs(other, one));
      assertThat(forward.value()).isFinite();
      assertThat(backward.value()).isFinite();
      assertThat(forward.chosen().gradient()[0]).isFinite();
      assertThat(backward.rejected().gradient()[0]).isFinite();
    }
  }

  @Test
  void anUntrainedPolicyPaysLn2AndTheLengthPenaltyShiftsIt() {
    PairLogProbs even = new PairLogProbs(answer(3, 1), answer(3, 2)).untrained();
    for (double smoothing : new double[] {0, 0.2}) {
      assertThat(new DpoLoss(0.1, smoothing, PENALTY).of(even).value())
          .isCloseTo(Math.log(2), offset(1e-15));
    }
    PairLogProbs wordy = new PairLogProbs(answer(3, 1), answer(7, 2)).untrained();
    assertThat(new DpoLoss(0.1, 0, PENALTY).of(wordy).value())
        .isCloseTo(Math.log1p(Math.exp(4 * 0.25)), offset(1e-15));
  }

  private static double slope(PreferenceLoss loss, PairLogProbs pair, double[] part, int token) {
    double before = part[token];
    part[token] = before + STEP;
    double above = loss.of(pair).value();
    part[token] = before - STEP;
    double below = loss.of(pair).value();
    part[token] = before;
    return (above - below) / (2 * STEP);
  }

  private static AnswerLogProbs answer(int tokens, long seed) {
    Random random = new Random(seed);
    return new AnswerLogProbs(
        random.doubles(tokens, -3, 0).toArray(), random.doubles(tokens, -3, 0).toArray());
  }
}
