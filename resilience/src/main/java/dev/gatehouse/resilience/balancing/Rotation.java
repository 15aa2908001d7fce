package dev.gatehouse.resilience.balancing;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/// Who takes part, in which order, until something changes; then another rotation takes its place as a
/// whole. Apart from the cursor it is immutable, so a pick never sees half a change.
final class Rotation<T extends Target> {
  private static final int DRAWS_FOR_ANOTHER = 3;

  private final Cursor cursor;
  private final Seat<T>[] turns;
  private final List<Upstream<T>> accessible;

  /// A rotation.
  ///
  /// @param seats who takes part
  /// @param reserve who is well but kept out, for callers that accept none of the seats
  /// @param firstTurn where to begin, zero or more
  Rotation(List<Seat<T>> seats, List<Upstream<T>> reserve, int firstTurn) {
    int[] order = Schedule.of(seats.stream().mapToInt(Seat::weight).toArray());
    this.turns = inOrder(seats, order);
    this.accessible = Stream.concat(seats.stream().map(Seat::upstream), reserve.stream()).toList();
    this.cursor = new Cursor(firstTurn);
  }

  /// An array, since every pick reads it.
  @SuppressWarnings("unchecked")
  private static <T extends Target> Seat<T>[] inOrder(List<Seat<T>> seats, int[] order) {
    return Arrays.stream(order).mapToObj(seats::get).toArray(size -> (Seat<T>[]) new Seat<?>[size]);
  }

  boolean isEmpty() {
    return turns.length == 0;
  }

  /// Everybody a request may go to, those in the rotation first.
  List<Upstream<T>> accessible() {
    return accessible;
  }

  /// Whose turn it is.
  Upstream<T> inTurn() {
    return turns[(int) (cursor.next() % turns.length)].upstream;
  }

  /// Of two drawn by weight, the one with fewer calls in flight for its weight.
  Upstream<T> lessLoadedOfTwo(IntUnaryOperator random) {
    Seat<T> one = draw(random);
    Seat<T> other = draw(random);
    for (int draws = 1; other.equals(one) && draws < DRAWS_FOR_ANOTHER; draws++) {
      other = draw(random);
    }
    return other.lessLoadedThan(one) ? other.upstream() : one.upstream();
  }

  private Seat<T> draw(IntUnaryOperator random) {
    return turns[random.applyAsInt(turns.length)];
  }

  /// A place in the rotation.
  ///
  /// @param weight the instance's, times the tenths of it that it gets
  record Seat<T extends Target>(Upstream<T> upstream, int weight) {
    boolean lessLoadedThan(Seat<T> other) {
      return (long) upstream.inFlight() * other.weight < (long) other.upstream.inFlight() * weight;
    }
  }
}
