package dev.gatehouse.stress;

import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.BalancerSettings;
import dev.gatehouse.resilience.balancing.LoadBalancer;
import dev.gatehouse.resilience.balancing.Pick;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.balancing.Upstream;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// An instance that is a number.
record TestTarget(int number) implements Target {
  @Override
  public String id() {
    return Integer.toString(number);
  }

  @Override
  public String incarnation() {
    return "";
  }

  @Override
  public Optional<String> zone() {
    return Optional.empty();
  }

  @Override
  public int weight() {
    return 1;
  }

  /// Those from one number on.
  static List<TestTarget> from(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(TestTarget::new).toList();
  }

  /// Over those numbered from 0, in turn.
  static LoadBalancer<TestTarget> inTurn(int count) {
    var balancer =
        new LoadBalancer<TestTarget>(
            BalancerSettings.of(Policy.ROUND_ROBIN).slowStart(Duration.ZERO),
            _ -> 0,
            () -> 0,
            BalancerListener.NONE,
            CircuitBreakerListener.NONE);
    balancer.update(from(0, count));
    return balancer;
  }

  /// The number of the instance picked, or -1.
  static int picked(LoadBalancer<TestTarget> balancer) {
    Pick<TestTarget> pick = balancer.pick();
    return pick instanceof Upstream<TestTarget> chosen ? chosen.target().number() : -1;
  }
}
