package dev.gatehouse.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.gatehouse.resilience.balancing.LoadBalancer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/// Picks in turn by two threads at once are exactly fair.
public class RoundRobinStress {
  private RoundRobinStress() {}

  /// One pick each of two instances: never the same.
  @JCStressTest
  @Outcome(
      id = {"0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "each instance once")
  @State
  public static class OneEach {
    private final LoadBalancer<TestTarget> balancer = TestTarget.inTurn(2);

    /// One thread.
    @Actor
    public void one(II_Result seen) {
      seen.r1 = TestTarget.picked(balancer);
    }

    /// Another.
    @Actor
    public void other(II_Result seen) {
      seen.r2 = TestTarget.picked(balancer);
    }
  }

  /// Two picks each of three instances: the counts differ by one at most.
  @JCStressTest
  @Outcome(
      id = {"2, 1, 1", "1, 2, 1", "1, 1, 2"},
      expect = ACCEPTABLE,
      desc = "four turns of three")
  @State
  public static class TwoEach {
    private final LoadBalancer<TestTarget> balancer = TestTarget.inTurn(3);
    private final int[] byOne = new int[2];
    private final int[] byOther = new int[2];

    /// One thread.
    @Actor
    public void one() {
      byOne[0] = TestTarget.picked(balancer);
      byOne[1] = TestTarget.picked(balancer);
    }

    /// Another.
    @Actor
    public void other() {
      byOther[0] = TestTarget.picked(balancer);
      byOther[1] = TestTarget.picked(balancer);
    }

    /// Counts.
    @Arbiter
    public void counts(III_Result seen) {
      seen.r1 = count(0);
      seen.r2 = count(1);
      seen.r3 = count(2);
    }

    private int count(int instance) {
      int count = 0;
      for (int pick = 0; pick < 2; pick++) {
        count += byOne[pick] == instance ? 1 : 0;
        count += byOther[pick] == instance ? 1 : 0;
      }
      return count;
    }
  }

  /// The list is replaced while another thread picks twice: nothing of the old list after the new
  /// one was seen.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "both before")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "in between")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both after")
  @State
  public static class Replaced {
    private final LoadBalancer<TestTarget> balancer = TestTarget.inTurn(1);

    /// Picks.
    @Actor
    public void picks(II_Result seen) {
      seen.r1 = TestTarget.picked(balancer);
      seen.r2 = TestTarget.picked(balancer);
    }

    /// Replaces instance 0 by instance 1.
    @Actor
    public void replaces() {
      balancer.update(TestTarget.from(1, 1));
    }
  }
}
