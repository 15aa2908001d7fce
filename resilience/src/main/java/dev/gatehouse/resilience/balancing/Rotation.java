package dev.gatehouse.resilience.balancing;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/// Who takes part, in which order, until something changes; then another rotation takes its place
/// as a whole. Apart from whose turn it is it is immutable, so a pick never sees half a change.
final class Rotation<T extends Target> {
  private final RoundRobinCounter turns;
  private final Upstream<T>[] order;
  private final Slot<T>[] seats;
  private final List<Upstream<T>> accessible;

  /// A rotation.
  ///
  /// @param seats who takes part
  /// @param reserve who is well but kept out, for callers that accept none of the seats
  /// @param firstTurn where to begin, zero or more
  Rotation(List<Slot<T>> seats, List<Upstream<T>> reserve, int firstTurn) {
    int[] order = Schedule.of(seats.stream().mapToInt(Slot::weight).toArray());
    this.seats = seated(seats, order);
    this.order = upstreams(this.seats);
    this.accessible = Stream.concat(seats.stream().map(Slot::upstream), reserve.stream()).toList();
    this.turns = new RoundRobinCounter(Math.max(1, order.length), firstTurn);
  }

  /// An array, since every pick reads it.
  @SuppressWarnings("unchecked")
  private static <T extends Target> Slot<T>[] seated(List<Slot<T>> seats, int[] order) {
    return Arrays.stream(order).mapToObj(seats::get).toArray(size -> (Slot<T>[]) new Slot<?>[size]);
  }

  /// What a pick in turn intends to know of the seats, one step nearer.
  @SuppressWarnings("unchecked")
  private static <T extends Target> Upstream<T>[] upstreams(Slot<T>[] seats) {
    return Arrays.stream(seats)
        .map(Slot::upstream)
        .toArray(size -> (Upstream<T>[]) new Upstream<?>[size]);
  }

  boolean isEmpty() {
    return order.length == 0;
  }

  /// Everybody a request may go to, those in the rotation first.
  List<Upstream<T>> accessible() {
    return accessible;
  }

  /// Whose turn it is.
  Upstream<T> inTurn() {
    return order[turns.next()];
  }

  /// Of two drawn by weight, never the same if there is another, the one with fewer calls in flight
  /// for its weight.
  Upstream<T> lessLoadedOfTwo(IntUnaryOperator random) {
    Slot<T> one = seats[random.applyAsInt(seats.length)];
    Slot<T> other = otherThan(one, random.applyAsInt(seats.length));
    return other.lessLoadedThan(one) ? other.upstream() : one.upstream();
  }

  /// The first of someone else from a place on. Turns are spread evenly, so it is near.
  private Slot<T> otherThan(Slot<T> one, int from) {
    for (int index = from; index < seats.length; index++) {
      if (!seats[index].equals(one)) {
        return seats[index];
      }
    }
    for (int index = 0; index < from; index++) {
      if (!seats[index].equals(one)) {
        return seats[index];
      }
    }
    return one;
  }

  /// A place in the rotation.
  ///
  /// @param weight the instance's, times the tenths of it that it gets
  record Slot<T extends Target>(Upstream<T> upstream, int weight) {
    boolean lessLoadedThan(Slot<T> other) {
      return (long) upstream.inFlight() * other.weight < (long) other.upstream.inFlight() * weight;
    }
  }
}
