package dev.gatehouse.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// How a server speaks TLS: versions 1.2 and 1.3 (RFC 9325), forward secret authenticated ciphers only.
/// No ALPN: there is one protocol to choose from, since the checks on a request's shape are those of
/// HTTP/1.1.
final class Tls {
  private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private Tls() {}

  /// Makes a server of these options speak TLS.
  ///
  /// @param patience how long a handshake may take
  static void enable(HttpServerOptions options, CertificateFiles files, Duration patience) {
    options
        .setSsl(true)
        .setKeyCertOptions(KeyCertOptions.wrap(files.keys()))
        .setEnabledSecureTransportProtocols(VERSIONS)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setSslHandshakeTimeout(patience.toMillis());
    CIPHERS.forEach(options::addEnabledCipherSuite);
  }
}
