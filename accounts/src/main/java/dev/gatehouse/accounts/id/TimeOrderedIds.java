package dev.gatehouse.accounts.id;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// UUIDs of version 7 (RFC 9562, 5.7): 48 bits of Unix time in milliseconds, 74 random bits. The
/// random source must be cryptographically strong and thread-safe.
public record TimeOrderedIds(InstantSource time, RandomGenerator random) implements Ids {
  @Override
  public UUID next() {
    long high = time.millis() << 16 | 0x7000 | random.nextLong() >>> 52;
    long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
    return new UUID(high, low);
  }
}
