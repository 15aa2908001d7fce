package dev.gatehouse.hashing.argon2;

/// The Argon2 function of RFC 9106, without secret and associated data. Implementations compute
/// exactly the same bytes, and are thread-safe.
public interface Argon2 {
  /// The version of RFC 9106.
  int VERSION_19 = 0x13;

  /// The previous version, with a known weakness when passes overwrite memory; read, never written.
  int VERSION_16 = 0x10;

  /// The shortest salt of RFC 9106.
  int MIN_SALT_BYTES = 8;

  /// The shortest tag of RFC 9106.
  int MIN_TAG_BYTES = 4;

  /// Hashes a password.
  ///
  /// @param salt at least [#MIN_SALT_BYTES]
  /// @param tagBytes the length of the tag, at least [#MIN_TAG_BYTES]
  byte[] tag(byte[] password, byte[] salt, Function function, int tagBytes);

  /// The name of the implementation in the log.
  String name();

  /// The variant of Argon2.
  ///
  /// @param version [#VERSION_19] or [#VERSION_16]
  record Function(Variant variant, int version, HashParameters parameters) {
    public static Function argon2id(HashParameters parameters) {
      return new Function(Variant.ID, VERSION_19, parameters);
    }
  }

  /// How Argon2 addresses its memory.
  enum Variant {
    /// Data-dependent: fastest, open to side channels.
    D("argon2d"),
    /// Data-independent: closed to side channels.
    I("argon2i"),
    /// Hybrid: the recommendation of RFC 9106 for passwords.
    ID("argon2id");

    private final String label;

    Variant(String label) {
      this.label = label;
    }

    /// The name in a PHC string.
    String label() {
      return label;
    }
  }
}
