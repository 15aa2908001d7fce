package dev.gatehouse.http.observation;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Where a request is in a trace, as [W3C Trace Context](https://www.w3.org/TR/trace-context/) has
/// it. Every request has one, also where no spans are recorded, so that the logs of all services it
/// passes can be tied together. Immutable.
public final class TraceContext {
  private static final HexFormat HEX = HexFormat.of();
  private static final int LENGTH = 55;
  private static final int MAX_STATE = 512;
  private static final int SAMPLED = 1;

  private final long high;
  private final long low;
  private final long span;
  private final long parent;
  private final boolean parentSampled;
  private final @Nullable String state;

  private TraceContext(
      long high, long low, long span, long parent, boolean parentSampled, @Nullable String state) {
    this.high = high;
    this.low = low;
    this.span = span;
    this.parent = parent;
    this.parentSampled = parentSampled;
    this.state = state;
  }

  /// Goes on with the trace a client names, or begins one where it names none that can be read.
  ///
  /// @param traceparent the header of this name
  /// @param tracestate the header of this name
  /// @param random makes ids; need not be unguessable
  public static TraceContext of(
      @Nullable String traceparent, @Nullable String tracestate, LongSupplier random) {
    if (traceparent == null || !isWellFormed(traceparent)) {
      return begun(random);
    }
    long high = hex(traceparent, 3, 16);
    long low = hex(traceparent, 19, 16);
    long parent = hex(traceparent, 36, 16);
    if ((high == 0 && low == 0) || parent == 0) {
      return begun(random);
    }
    boolean sampled = (hex(traceparent, 53, 2) & SAMPLED) == SAMPLED;
    boolean keepState = tracestate != null && tracestate.length() <= MAX_STATE;
    return new TraceContext(
        high, low, nonZero(random), parent, sampled, keepState ? tracestate : null);
  }

  private static TraceContext begun(LongSupplier random) {
    return new TraceContext(nonZero(random), nonZero(random), nonZero(random), 0, false, null);
  }

  /// The trace, 32 hexadecimal digits.
  public String traceId() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  /// This request's own span, 16 hexadecimal digits.
  public String spanId() {
    return HEX.toHexDigits(span);
  }

  /// The span of the client that sent the request, 16 hexadecimal digits.
  public Optional<String> parentSpanId() {
    return hasParent() ? Optional.of(HEX.toHexDigits(parent)) : Optional.empty();
  }

  /// Whether the client named a trace.
  public boolean hasParent() {
    return parent != 0;
  }

  /// Whether the client says that it records its spans.
  public boolean parentSampled() {
    return parentSampled;
  }

  /// The lower half of the trace's id, for decisions that all services take alike.
  public long traceIdLow() {
    return low;
  }

  /// The upper half of the trace's id.
  public long traceIdHigh() {
    return high;
  }

  /// The id of this request's own span.
  public long spanIdBits() {
    return span;
  }

  /// What the vendors of tracing systems along the way added, as it came.
  public Optional<String> state() {
    return Optional.ofNullable(state);
  }

  /// Versions to come may be longer, but begin alike.
  private static boolean isWellFormed(String text) {
    boolean whole =
        text.length() == LENGTH
            || (text.length() > LENGTH && text.charAt(LENGTH) == '-' && !text.startsWith("00"));
    return whole
        && isHex(text, 0, 2)
        && !text.startsWith("ff")
        && text.charAt(2) == '-'
        && isHex(text, 3, 35)
        && text.charAt(35) == '-'
        && isHex(text, 36, 52)
        && text.charAt(52) == '-'
        && isHex(text, 53, LENGTH);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int index = from; index < to; index++) {
      char digit = text.charAt(index);
      if (!((digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  private static long hex(String text, int from, int digits) {
    return HexFormat.fromHexDigitsToLong(text, from, from + digits);
  }

  private static long nonZero(LongSupplier random) {
    long id = random.getAsLong();
    return id == 0 ? 1 : id;
  }
}
