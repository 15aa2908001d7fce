package dev.gatehouse.cache;

import dev.gatehouse.cache.CacheListener.Result;
import dev.gatehouse.cache.CacheListener.Tier;
import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.redis.RedisReply;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// A cache in Redis, shared by all instances. Reads wait for the response, at most
/// [RedisLink#TIMEOUT]; writes do not wait. An invalidation leaves a tombstone that older entries
/// cannot replace, and is published, so that other instances receive it within milliseconds while
/// Redis is up.
public final class RedisCache implements Cache {
  /// The lifetime of a tombstone: longer than any load that could still store an older entry.
  private static final Duration MARK = Duration.ofMinutes(1);

  /// Compares versions as two halves, because numbers in Lua have 53 bits and its strings are
  /// compared by locale. Content in another format is replaced, whatever its type.
  private static final String SET_UNLESS_NEWER =
      """
      if ARGV[3] then redis.call('PUBLISH', ARGV[3], ARGV[4]) end
      local held = redis.pcall('GETRANGE', KEYS[1], 0, 8)
      if type(held) == 'string' and #held == 9 and held:byte(1) <= 2 then
        local heldHigh, heldLow = struct.unpack('>I4I4', held, 2)
        local high, low = struct.unpack('>I4I4', ARGV[1], 2)
        if heldHigh > high or (heldHigh == high and heldLow > low) then return 0 end
      end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
      return 1
      """;

  private final RedisLink link;
  private final String name;
  private final String prefix;
  private final CacheListener listener;

  /// @param name of the cache; its keys in Redis begin with it
  public RedisCache(RedisLink link, String name, CacheListener listener) {
    this.link = link;
    this.name = name;
    this.listener = listener;
    prefix = "gatehouse:" + name + ":1:";
    link.uses(prefix);
  }

  @Override
  public Optional<Entry> get(String key) {
    return switch (link.ask(commands -> commands.get(prefix + key))) {
      case RedisReply.Success<byte[]>(byte[] stored) when stored != null -> read(key, stored);
      case RedisReply.Success<byte[]> _ -> none(Result.MISS);
      case RedisReply.Refused<byte[]> _ -> damaged(key);
      case RedisReply.Failed<byte[]> _ -> none(Result.ERROR);
      case RedisReply.Bypassed<byte[]> _ -> none(Result.BYPASS);
    };
  }

  @Override
  public void set(String key, Entry entry, Duration ttl) {
    run(key, EntryCodec.entry(entry), ttl);
  }

  @Override
  public void delete(String key) {
    var _ = link.send(commands -> commands.del(prefix + key));
  }

  @Override
  public void invalidate(String key, long version) {
    byte[] message = EntryCodec.message(new Change(key, version));
    run(key, EntryCodec.tombstone(version), MARK, ascii(channel()), message);
  }

  /// Subscribes to the invalidations of all instances, including this one.
  void subscribe(Consumer<Change> changed) {
    link.subscribe(channel(), message -> EntryCodec.readMessage(message).ifPresent(changed));
  }

  private Optional<Entry> read(String key, byte[] stored) {
    if (EntryCodec.isMark(stored)) {
      return none(Result.MISS);
    }
    Optional<Entry> entry = EntryCodec.readEntry(stored);
    if (entry.isEmpty()) {
      return damaged(key);
    }
    listener.requested(name, Tier.FAR, Result.HIT);
    return entry;
  }

  private Optional<Entry> damaged(String key) {
    delete(key);
    return none(Result.MISS);
  }

  private Optional<Entry> none(Result result) {
    listener.requested(name, Tier.FAR, result);
    return Optional.empty();
  }

  private void run(String key, byte[] stored, Duration ttl, byte[]... publish) {
    byte[][] arguments = new byte[2 + publish.length][];
    arguments[0] = stored;
    arguments[1] = ascii(Long.toString(ttl.toMillis()));
    System.arraycopy(publish, 0, arguments, 2, publish.length);
    String[] keys = {prefix + key};
    var _ =
        link.send(
            commands ->
                commands.<Long>eval(SET_UNLESS_NEWER, ScriptOutputType.INTEGER, keys, arguments));
  }

  private String channel() {
    return prefix + "changes";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
