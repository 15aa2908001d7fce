package dev.gatehouse.resilience.balancing;

import java.util.Optional;

/// One place a request can be sent to: what a balancer needs to know about an instance. Immutable.
public interface Target {
  /// The largest weight there is.
  int MAXIMUM_WEIGHT = 100;

  /// Tells it apart from the others; stable over restarts.
  String id();

  /// Changes with every start of the instance, empty when unknown. A balancer forgets what it held
  /// against the previous one.
  String incarnation();

  /// Where it runs, if that is known.
  Optional<String> zone();

  /// Its share of the requests in relation to the others, from 1 to [#MAXIMUM_WEIGHT].
  int weight();
}
