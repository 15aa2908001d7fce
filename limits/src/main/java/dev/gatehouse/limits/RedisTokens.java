package dev.gatehouse.limits;

import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.redis.RedisReply;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The buckets of a limit in Redis: one key and one script, hence one round trip, also on a
/// Cluster. A key holds the time at which its bucket is full and the time at which it was written,
/// by the clock of Redis, and expires when the bucket is full. Thread-safe.
final class RedisTokens {
  /// Takes as many of the requested tokens as there are. The caller passes the debt that it knows,
  /// which corrects a Redis that was down, flushed or replaced by one with older data.
  ///
  /// The clock of Redis may step, or another Redis with another clock may take over. A bucket that
  /// was written in the future keeps its debt, as if no time had passed: it is neither empty nor
  /// full. After a step forwards it is full once.
  ///
  /// Times are microseconds since 2023-11-14, so that a double represents them to the hundredth.
  private static final String TAKE =
      """
      local time = redis.call('TIME')
      local now = (time[1] - 1700000000) * 1000000 + time[2]
      local token, longest = tonumber(ARGV[1]), tonumber(ARGV[2])
      local wanted, known = tonumber(ARGV[3]), tonumber(ARGV[4])
      local full, written = string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) (%S+)$')
      local held = full and full - math.max(now, written) or 0
      local debt = math.min(math.max(held, known), longest)
      local taken = math.min(wanted, math.max(0, math.floor((longest - debt) / token + 0.000001)))
      debt = debt + taken * token
      if debt >= 1 then
        local value = string.format('%.3f %.3f', now + debt, now)
        redis.call('SET', KEYS[1], value, 'PX', math.ceil(debt / 1000))
      end
      return {taken, math.floor(debt)}
      """;

  private static final double NANOS_PER_MICRO = 1_000;

  private final RedisLink link;
  private final String prefix;
  private final byte[] token;
  private final byte[] longest;

  RedisTokens(RedisLink link, Limit limit) {
    this.link = link;
    Rate rate = limit.rate();
    Refill refill = Refill.of(rate);
    prefix =
        "gatehouse:limit:2:%s:%d:%d:"
            .formatted(limit.name(), rate.tokens(), rate.period().toMillis());
    link.uses(prefix);
    token = micros(refill.tokenNanos());
    longest = micros(refill.longest());
  }

  /// The tokens taken.
  ///
  /// @param taken how many tokens, possibly none
  /// @param debtNanos the time until the bucket is full, after that
  record Taken(long taken, long debtNanos) {
    private static Taken of(List<?> reply) {
      return new Taken((Long) reply.get(0), (long) ((Long) reply.get(1) * NANOS_PER_MICRO));
    }
  }

  /// Whether Redis is likely to respond.
  boolean up() {
    return link.up();
  }

  /// Takes tokens and waits for the response; empty at the timeout.
  ///
  /// @param knownDebt the shortest time until the bucket is full, as far as this process knows
  Optional<Taken> take(long key, long wanted, long knownDebt) {
    return link.ask(command(key, wanted, knownDebt))
                instanceof RedisReply.Success<List<?>>(var reply)
            && reply != null
        ? Optional.of(Taken.of(reply))
        : Optional.empty();
  }

  /// The same without waiting: the future fails at the timeout; empty when Redis is not called.
  Optional<CompletableFuture<Taken>> send(long key, long wanted, long knownDebt) {
    return link.send(command(key, wanted, knownDebt)).map(reply -> reply.thenApply(Taken::of));
  }

  private Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<List<?>>> command(
      long key, long wanted, long knownDebt) {
    String[] keys = {prefix + HexFormat.of().toHexDigits(key)};
    byte[][] arguments = {token, longest, ascii(Long.toString(wanted)), micros(knownDebt)};
    return commands -> commands.<List<?>>eval(TAKE, ScriptOutputType.MULTI, keys, arguments);
  }

  private static byte[] micros(long nanos) {
    return ascii(Double.toString(nanos / NANOS_PER_MICRO));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
