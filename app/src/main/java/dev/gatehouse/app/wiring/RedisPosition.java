package dev.gatehouse.app.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.postgres.database.ServerPosition;
import dev.gatehouse.postgres.database.SharedPosition;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.redis.RedisReply;
import java.util.Optional;
import java.util.UUID;

/// The highest position of the database server, under one key in Redis for each address of a
/// database.
final class RedisPosition implements SharedPosition {
  private static final String PREFIX = "gatehouse:database-position:1:";

  private final RedisLink link;
  private final String key;

  /// @param database its address, without credentials
  RedisPosition(RedisLink link, String database) {
    this.link = link;
    this.key = PREFIX + UUID.nameUUIDFromBytes(database.getBytes(UTF_8));
    link.uses(PREFIX);
  }

  @Override
  public Reading read() {
    return switch (link.ask(commands -> commands.get(key))) {
      case RedisReply.Success<byte[]>(byte[] stored) when stored != null ->
          new Reading(true, ServerPosition.parse(new String(stored, UTF_8)));
      case RedisReply.Success<byte[]> _ -> new Reading(true, Optional.empty());
      case RedisReply.Refused<byte[]> _,
          RedisReply.Failed<byte[]> _,
          RedisReply.Bypassed<byte[]> _ ->
          Reading.NONE;
    };
  }

  @Override
  public void write(ServerPosition position) {
    var _ = link.send(commands -> commands.set(key, position.toString().getBytes(UTF_8)));
  }
}
