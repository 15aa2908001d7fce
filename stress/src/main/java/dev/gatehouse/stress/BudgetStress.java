package dev.gatehouse.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.gatehouse.resilience.RetryBudget;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Two threads want the last retry of a budget: one gets it.
@JCStressTest
@Outcome(
    id = {"true, false", "false, true"},
    expect = ACCEPTABLE,
    desc = "one retry")
@State
public class BudgetStress {
  private final RetryBudget budget = new RetryBudget(0.2, 1, Duration.ofSeconds(1), () -> 0);

  /// One thread.
  @Actor
  public void one(ZZ_Result seen) {
    seen.r1 = budget.tryRetry();
  }

  /// Another.
  @Actor
  public void other(ZZ_Result seen) {
    seen.r2 = budget.tryRetry();
  }
}
