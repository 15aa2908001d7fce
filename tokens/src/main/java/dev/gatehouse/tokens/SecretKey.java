package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.errors.Fault;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A secret key of the operator. It encrypts with AES-256-GCM (NIST SP 800-38D) under a 96-bit
/// random nonce; the result is `1:FINGERPRINT:base64url(nonce, ciphertext, tag)`, and everything
/// before the last colon is authenticated. The encryption key and the fingerprint are derived from
/// the configured key (HKDF, RFC 5869), so that the fingerprint is not secret. Thread-safe.
final class SecretKey {
  private static final String VERSION = "1";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int MAX_SEALED_CHARACTERS = 4096;

  private final SecretKeySpec sealing;
  private final String fingerprint;

  private SecretKey(SecretKeySpec sealing, String fingerprint) {
    this.sealing = sealing;
    this.fingerprint = fingerprint;
  }

  static SecretKey of(byte[] configured) {
    byte[] fingerprint = derive(configured, "gatehouse fingerprint 1", 9);
    return new SecretKey(
        new SecretKeySpec(derive(configured, "gatehouse sealing 1", 32), "AES"),
        Base64.getUrlEncoder().encodeToString(fingerprint));
  }

  /// The fingerprint of the key that encrypted an envelope.
  ///
  /// @throws Fault when it is not an envelope of a known version
  static String fingerprintOf(String sealed) {
    return Envelope.of(sealed).fingerprint();
  }

  String fingerprint() {
    return fingerprint;
  }

  String seal(byte[] secret, String binding, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, nonce, binding).doFinal(secret);
      byte[] body =
          ByteBuffer.allocate(nonce.length + ciphertext.length).put(nonce).put(ciphertext).array();
      return VERSION
          + ":"
          + fingerprint
          + ":"
          + Base64.getUrlEncoder().withoutPadding().encodeToString(body);
    } catch (GeneralSecurityException impossible) {
      throw new Fault("AES-256-GCM is not available", impossible);
    }
  }

  byte[] open(String sealed, String binding) {
    try {
      var body = ByteBuffer.wrap(Base64.getUrlDecoder().decode(Envelope.of(sealed).body()));
      byte[] nonce = new byte[NONCE_BYTES];
      body.get(nonce);
      byte[] ciphertext = new byte[body.remaining()];
      body.get(ciphertext);
      return cipher(Cipher.DECRYPT_MODE, nonce, binding).doFinal(ciphertext);
    } catch (AEADBadTagException altered) {
      throw new Fault("The server key " + binding + " was altered after it was sealed", altered);
    } catch (GeneralSecurityException
        | IllegalArgumentException
        | BufferUnderflowException broken) {
      throw new Fault(
          "The server key " + binding + " is stored in a form that cannot be read", broken);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String binding) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((VERSION + ":" + fingerprint + ":" + binding).getBytes(UTF_8));
    return cipher;
  }

  private static byte[] derive(byte[] configured, String label, int length) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(configured)
                  .thenExpand(label.getBytes(UTF_8), length));
    } catch (GeneralSecurityException impossible) {
      throw new Fault("HKDF-SHA256 is not available", impossible);
    }
  }

  private record Envelope(String fingerprint, String body) {
    static Envelope of(String sealed) {
      String[] parts = sealed.split(":", -1);
      if (sealed.length() > MAX_SEALED_CHARACTERS
          || parts.length != 3
          || !parts[0].equals(VERSION)) {
        throw new Fault(
            "A server key is sealed in a form this version does not know: was it written by a newer one?");
      }
      return new Envelope(parts[1], parts[2]);
    }
  }
}
