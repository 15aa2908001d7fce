package dev.gatehouse.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitBreakerSettings;
import dev.gatehouse.resilience.breaker.Permit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// What two threads at once can do to a circuit breaker.
public class BreakerStress {
  private static final CircuitBreakerSettings SETTINGS =
      CircuitBreakerSettings.defaults()
          .deciding(Duration.ofSeconds(10), 1)
          .probing(1, Duration.ofSeconds(5));

  private BreakerStress() {}

  private static CircuitBreaker due(AtomicLong clock) {
    var breaker = new CircuitBreaker("it", SETTINGS, clock::get, CircuitBreakerListener.NONE);
    breaker.tryAcquire().orElseThrow().failed();
    clock.addAndGet(SETTINGS.openFor().toNanos());
    return breaker;
  }

  /// Both ask when the time of an open breaker is over: one becomes the probe.
  @JCStressTest
  @Outcome(
      id = {"true, false", "false, true"},
      expect = ACCEPTABLE,
      desc = "one probe")
  @State
  public static class OneProbe {
    private final CircuitBreaker breaker = due(new AtomicLong());

    /// One thread.
    @Actor
    public void one(ZZ_Result seen) {
      seen.r1 = breaker.tryAcquire().isPresent();
    }

    /// Another.
    @Actor
    public void other(ZZ_Result seen) {
      seen.r2 = breaker.tryAcquire().isPresent();
    }
  }

  /// The probe is reported twice, once well and once not: the first report decides, whole.
  @JCStressTest
  @Outcome(
      id = {"CLOSED", "OPEN"},
      expect = ACCEPTABLE,
      desc = "one of the reports")
  @State
  public static class TwoReports {
    private final CircuitBreaker breaker = due(new AtomicLong());
    private final Permit probe = breaker.tryAcquire().orElseThrow();

    /// One thread.
    @Actor
    public void well() {
      probe.succeeded();
    }

    /// Another.
    @Actor
    public void ill() {
      probe.failed();
    }

    /// Looks.
    @Arbiter
    public void state(L_Result seen) {
      seen.r1 = breaker.state();
    }
  }

  /// A probe succeeds while another call asks: the breaker is closed after that, anyone who was
  /// first.
  @JCStressTest
  @Outcome(id = "CLOSED", expect = ACCEPTABLE, desc = "not stuck")
  @State
  public static class ReportedWhileAsked {
    private final CircuitBreaker breaker = due(new AtomicLong());
    private final Permit probe = breaker.tryAcquire().orElseThrow();

    /// One thread.
    @Actor
    public void reports() {
      probe.succeeded();
    }

    /// Another.
    @Actor
    public void asks() {
      breaker.tryAcquire();
    }

    /// Looks.
    @Arbiter
    public void state(L_Result seen) {
      seen.r1 = breaker.state();
    }
  }
}
