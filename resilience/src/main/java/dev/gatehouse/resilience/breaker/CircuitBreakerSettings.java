package dev.gatehouse.resilience.breaker;

import java.time.Duration;

/// When a circuit breaker opens, and how it finds its way back.
///
/// @param window how far back the fate of calls is counted
/// @param minimumCalls fewer calls than this in the window decide nothing
/// @param failureRate opens at this share of failed calls, above 0 and up to 1
/// @param slowRate opens at this share of slow calls, above 0 and up to 1
/// @param slowCall a call that takes this long is slow
/// @param openFor how long calls are refused the first time; doubles each time the probes fail
/// @param openForAtMost the longest time calls are refused
/// @param probes how many calls, one after the other, must succeed half-open for the breaker to
///     close
/// @param probeTimeout a probe not known for this long is given back for another call to make
public record CircuitBreakerSettings(
    Duration window,
    int minimumCalls,
    double failureRate,
    double slowRate,
    Duration slowCall,
    Duration openFor,
    Duration openForAtMost,
    int probes,
    Duration probeTimeout) {
  /// Checks that the settings make sense together.
  public CircuitBreakerSettings {
    require(window.isPositive(), "the window must be longer than nothing");
    require(minimumCalls >= 1, "at least one call must decide");
    require(failureRate > 0 && failureRate <= 1, "the failure rate lies above 0 and up to 1");
    require(slowRate > 0 && slowRate <= 1, "the slow rate lies above 0 and up to 1");
    require(slowCall.isPositive(), "a slow call takes longer than nothing");
    require(openFor.isPositive(), "the breaker must stay open for some time");
    require(openForAtMost.compareTo(openFor) >= 0, "openForAtMost is below openFor");
    require(probes >= 1, "at least one probe must be allowed");
    require(probeTimeout.isPositive(), "a probe must be given some time");
  }

  /// Half of at least 20 calls in 10 s failed, or four fifths took over 1 s: refuse for 1 s, up to
  /// 30 s.
  public static CircuitBreakerSettings defaults() {
    return new CircuitBreakerSettings(
        Duration.ofSeconds(10),
        20,
        0.5,
        0.8,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        3,
        Duration.ofSeconds(10));
  }

  /// The same with another window and the number of calls in it that decide.
  public CircuitBreakerSettings deciding(Duration window, int minimumCalls) {
    return new CircuitBreakerSettings(
        window,
        minimumCalls,
        failureRate,
        slowRate,
        slowCall,
        openFor,
        openForAtMost,
        probes,
        probeTimeout);
  }

  /// The same with another notion of slow.
  public CircuitBreakerSettings slowAt(Duration slowCall, double slowRate) {
    return new CircuitBreakerSettings(
        window,
        minimumCalls,
        failureRate,
        slowRate,
        slowCall,
        openFor,
        openForAtMost,
        probes,
        probeTimeout);
  }

  /// The same with other times of refusal.
  public CircuitBreakerSettings openFor(Duration openFor, Duration openForAtMost) {
    return new CircuitBreakerSettings(
        window,
        minimumCalls,
        failureRate,
        slowRate,
        slowCall,
        openFor,
        openForAtMost,
        probes,
        probeTimeout);
  }

  /// The same with other probes.
  public CircuitBreakerSettings probing(int probes, Duration probeTimeout) {
    return new CircuitBreakerSettings(
        window,
        minimumCalls,
        failureRate,
        slowRate,
        slowCall,
        openFor,
        openForAtMost,
        probes,
        probeTimeout);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
