package dev.gatehouse.tokens;

import dev.gatehouse.errors.Fault;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;

/// ES256: ECDSA on the curve P-256 with SHA-256; the signature is the concatenation of r and s (RFC
/// 7518, 3.4).
final class Es256 {
  static final int SIGNATURE_BYTES = 64;

  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  private Es256() {}

  static KeyPair generate(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new Fault("The curve P-256 is not available", impossible);
    }
  }

  static byte[] sign(PrivateKey key, byte[] input) {
    try {
      Signature signature = signature();
      signature.initSign(key);
      signature.update(input);
      return signature.sign();
    } catch (InvalidKeyException | SignatureException impossible) {
      throw new Fault("A token could not be signed", impossible);
    }
  }

  static boolean verify(PublicKey key, byte[] input, byte[] signed) {
    if (signed.length != SIGNATURE_BYTES || isZero(signed, 0) || isZero(signed, 32)) {
      return false;
    }
    try {
      Signature signature = signature();
      signature.initVerify(key);
      signature.update(input);
      return signature.verify(signed);
    } catch (SignatureException notSignature) {
      return false;
    } catch (InvalidKeyException impossible) {
      throw new Fault("A key of the ring cannot verify", impossible);
    }
  }

  /// A zero r or s matches any text in a verifier without a check (CVE-2022-21449). The JDK checks
  /// today; this code does not rely on it.
  private static boolean isZero(byte[] signed, int from) {
    int seen = 0;
    for (int i = from; i < from + SIGNATURE_BYTES / 2; i++) {
      seen |= signed[i];
    }
    return seen == 0;
  }

  private static Signature signature() {
    try {
      return Signature.getInstance(ALGORITHM);
    } catch (GeneralSecurityException impossible) {
      throw new Fault("ES256 is not available", impossible);
    }
  }
}
