package dev.gatehouse.http.tls;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;

/// A certificate and its private key, found to belong together.
///
/// @param keys hands them to the TLS engine
record KeyMaterial(X509ExtendedKeyManager keys, X509Certificate certificate) {
  private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA");
  private static final byte[] PROBE = new byte[32];

  /// The two files as they were read: PEM, the certificate's chain included.
  record Pem(Buffer certificate, Buffer key) {
    static Pem read(Path certificate, Path key) throws IOException {
      return new Pem(
          Buffer.buffer(Files.readAllBytes(certificate)), Buffer.buffer(Files.readAllBytes(key)));
    }
  }

  static KeyMaterial of(Pem pem, Vertx vertx) throws GeneralSecurityException {
    var keys = keyManager(pem, vertx);
    String alias =
        KEY_TYPES.stream()
            .flatMap(type -> Optional.ofNullable(keys.getServerAliases(type, null)).stream())
            .map(aliases -> aliases[0])
            .findFirst()
            .orElseThrow(() -> new KeyManagementException("it holds no EC, RSA or EdDSA key"));
    X509Certificate certificate = keys.getCertificateChain(alias)[0];
    requirePair(keys.getPrivateKey(alias), certificate);
    return new KeyMaterial(keys, certificate);
  }

  private static X509ExtendedKeyManager keyManager(Pem pem, Vertx vertx)
      throws GeneralSecurityException {
    try {
      var factory =
          new PemKeyCertOptions()
              .setCertValue(pem.certificate())
              .setKeyValue(pem.key())
              .getKeyManagerFactory(vertx);
      return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    } catch (Exception unreadable) {
      throw new KeyManagementException(
          "the PEM files cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static void requirePair(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm(key));
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(PROBE);
    if (!signature.verify(signed)) {
      throw new KeyManagementException("the key is not that of the certificate");
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }
}
