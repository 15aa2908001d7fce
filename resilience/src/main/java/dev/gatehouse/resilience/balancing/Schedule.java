package dev.gatehouse.resilience.balancing;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/// Who takes part, in which order, until something changes; then another schedule takes its place
/// as a whole. Apart from whose turn it is it is immutable, so a pick never sees half a change.
final class Schedule<T extends Target> {
  private final RoundRobinCounter counter;
  private final Upstream<T>[] order;
  private final Slot<T>[] slots;
  private final List<Upstream<T>> accessible;

  /// A schedule.
  ///
  /// @param slots who takes part
  /// @param reserve who is well but kept out, for callers that accept none of the slots
  /// @param firstTurn where to begin, zero or more
  Schedule(List<Slot<T>> slots, List<Upstream<T>> reserve, int firstTurn) {
    int[] order = WeightedOrder.of(slots.stream().mapToInt(Slot::weight).toArray());
    this.slots = inOrder(slots, order);
    this.order = upstreams(this.slots);
    this.accessible = Stream.concat(slots.stream().map(Slot::upstream), reserve.stream()).toList();
    this.counter = new RoundRobinCounter(Math.max(1, order.length), firstTurn);
  }

  /// An array, since every pick reads it.
  @SuppressWarnings("unchecked")
  private static <T extends Target> Slot<T>[] inOrder(List<Slot<T>> slots, int[] order) {
    return Arrays.stream(order).mapToObj(slots::get).toArray(size -> (Slot<T>[]) new Slot<?>[size]);
  }

  /// What a pick in turn intends to know of the slots, one step nearer.
  @SuppressWarnings("unchecked")
  private static <T extends Target> Upstream<T>[] upstreams(Slot<T>[] slots) {
    return Arrays.stream(slots)
        .map(Slot::upstream)
        .toArray(size -> (Upstream<T>[]) new Upstream<?>[size]);
  }

  boolean isEmpty() {
    return order.length == 0;
  }

  /// Everybody a request may go to, those in the schedule first.
  List<Upstream<T>> accessible() {
    return accessible;
  }

  /// Whose turn it is.
  Upstream<T> inTurn() {
    return order[counter.next()];
  }

  /// Of two drawn by weight, never the same if there is another, the one with fewer calls in flight
  /// for its weight.
  Upstream<T> lessLoadedOfTwo(IntUnaryOperator random) {
    Slot<T> one = slots[random.applyAsInt(slots.length)];
    Slot<T> other = otherThan(one, random.applyAsInt(slots.length));
    return other.lessLoadedThan(one) ? other.upstream() : one.upstream();
  }

  /// The first of someone else from a place on. Turns are spread evenly, so it is near.
  private Slot<T> otherThan(Slot<T> one, int from) {
    for (int index = from; index < slots.length; index++) {
      if (!slots[index].equals(one)) {
        return slots[index];
      }
    }
    for (int index = 0; index < from; index++) {
      if (!slots[index].equals(one)) {
        return slots[index];
      }
    }
    return one;
  }

  /// A place in the schedule.
  ///
  /// @param weight the instance's, times the tenths of it that it gets
  record Slot<T extends Target>(Upstream<T> upstream, int weight) {
    boolean lessLoadedThan(Slot<T> other) {
      return (long) upstream.inFlight() * other.weight < (long) other.upstream.inFlight() * weight;
    }
  }
}
