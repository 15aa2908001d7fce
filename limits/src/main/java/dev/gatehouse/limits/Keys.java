package dev.gatehouse.limits;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.http.address.IpAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What buckets are found by: 64 bits, however long a name is, and the same on every instance. For
/// names they are the beginning of a SHA-256. Two names with the same would share a bucket; who
/// finds one that collides with another's has no more power over its bucket than by giving the name
/// itself.
final class Keys {
  private Keys() {}

  /// What counts as one client, see [IpAddress#network]; text that is no address counts by itself.
  static long address(String ip) {
    return IpAddress.parse(ip).map(IpAddress::network).orElseGet(() -> name(ip));
  }

  static long name(String name) {
    byte[] digest = sha256().digest(name.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getLong();
  }

  static long pair(String account, String ip) {
    return name(address(ip) + " " + account);
  }

  static long user(UserId user) {
    return name(user.toString());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
