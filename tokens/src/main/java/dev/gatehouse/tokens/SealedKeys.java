package dev.gatehouse.tokens;

import dev.gatehouse.accounts.token.NewServerKey;
import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.accounts.token.ServerKey.Purpose;
import dev.gatehouse.accounts.token.ServerKeys;
import dev.gatehouse.errors.Fault;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Creates, encrypts and decrypts the server keys in the store. Thread-safe.
final class SealedKeys {
  private static final int DERIVATION_KEY_BYTES = 32;
  private static final int KID_BYTES = 16;

  private final ServerKeys store;
  private final SecretKeys secrets;
  private final SecureRandom random;

  SealedKeys(ServerKeys store, SecretKeys secrets, SecureRandom random) {
    this.store = store;
    this.secrets = secrets;
    this.random = random;
  }

  /// The stored signing keys, oldest first.
  List<ServerKey> signingKeys() {
    return store.list(Purpose.ACCESS_TOKEN_SIGNING);
  }

  /// Creates a signing key and adds it to the sequence, unless another instance was first.
  ///
  /// @param lead the delay before it signs
  /// @return its name, if it was added
  Optional<String> addSigningKey(int sequence, Duration lead) {
    KeyPair pair = Es256.generate(random);
    String kid = SigningKey.kid((ECPublicKey) pair.getPublic());
    String publicPart = encode(pair.getPublic().getEncoded());
    String sealed = secrets.seal(kid, Purpose.ACCESS_TOKEN_SIGNING, pair.getPrivate().getEncoded());
    var key =
        new NewServerKey(kid, Purpose.ACCESS_TOKEN_SIGNING, sequence, publicPart, sealed, lead);
    return store.add(key) ? Optional.of(kid) : Optional.empty();
  }

  /// Decrypts a signing key. The encryption authenticates the name, and the name the public half,
  /// so that a key inserted into the store is not accepted.
  ///
  /// @throws Fault when it cannot be decrypted or does not match its name
  SigningKey openSigningKey(ServerKey key) {
    byte[] privatePart = secrets.open(key);
    try {
      var factory = KeyFactory.getInstance("EC");
      PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(privatePart));
      byte[] publicPart = Base64.getUrlDecoder().decode(key.publicPart());
      var publicKey = (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(publicPart));
      if (!SigningKey.kid(publicKey).equals(key.kid())) {
        throw new Fault("The public half of the server key " + key.kid() + " was replaced");
      }
      return new SigningKey(publicKey, privateKey, key.activeFrom());
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      throw new Fault("The server key " + key.kid() + " cannot be read", broken);
    }
  }

  /// Removes a signing key that was superseded for longer than this, by the clock of the store.
  ///
  /// @return whether it was removed
  boolean remove(ServerKey key, Duration superseded) {
    return store.removeSuperseded(key.kid(), superseded);
  }

  /// The key from which refresh tokens are derived; created by the first call.
  byte[] derivationKey() {
    if (store.list(Purpose.REFRESH_TOKEN_DERIVATION).isEmpty()) {
      addDerivationKey();
    }
    List<ServerKey> stored = store.list(Purpose.REFRESH_TOKEN_DERIVATION);
    if (stored.isEmpty()) {
      throw new Fault("The key from which refresh tokens are derived is missing from the store");
    }
    return secrets.open(stored.getFirst());
  }

  private void addDerivationKey() {
    byte[] secret = randomBytes(DERIVATION_KEY_BYTES);
    String kid = encode(randomBytes(KID_BYTES));
    String sealed = secrets.seal(kid, Purpose.REFRESH_TOKEN_DERIVATION, secret);
    store.add(
        new NewServerKey(kid, Purpose.REFRESH_TOKEN_DERIVATION, 1, "", sealed, Duration.ZERO));
  }

  /// Encrypts again, under the first secret key, what an older one has encrypted. Concurrent
  /// instances do not undo each other: each replaces only what it has read.
  void resealAll() {
    for (Purpose purpose : Purpose.values()) {
      for (ServerKey key : store.list(purpose)) {
        if (!secrets.sealedByFirst(key)) {
          String sealed = secrets.seal(key.kid(), purpose, secrets.open(key));
          store.reseal(key.kid(), key.sealed(), sealed);
        }
      }
    }
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
