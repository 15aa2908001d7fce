package dev.gatehouse.limits;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.http.address.IpAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The keys of buckets: 64 bits for names of any length, equal on every instance. The key of a name
/// is the beginning of its SHA-256. Two names with the same key share a bucket; finding a collision
/// gives no more power over a bucket than the name itself.
final class Keys {
  private Keys() {}

  /// The key of a client, see [IpAddress#network]; text that is not an address has its own key.
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
