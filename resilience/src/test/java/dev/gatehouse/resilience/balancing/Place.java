package dev.gatehouse.resilience.balancing;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// An instance of the tests.
record Place(String id, String incarnation, Optional<String> zone, int weight) implements Target {
  static Place named(String id) {
    return new Place(id, "", Optional.empty(), 1);
  }

  /// As many as wanted, named 0, 1, 2 and so on.
  static List<Place> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> named(String.valueOf(i))).toList();
  }

  Place weighing(int weight) {
    return new Place(id, incarnation, zone, weight);
  }

  Place in(String zone) {
    return new Place(id, incarnation, Optional.of(zone), weight);
  }

  Place startedAs(String incarnation) {
    return new Place(id, incarnation, zone, weight);
  }
}
