package dev.gatehouse.http.tls;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// How a server speaks TLS: versions 1.2 and 1.3 (RFC 9325), forward secret authenticated ciphers
/// only. The API offers no choice of protocol; a relay offers HTTP/2 (RFC 9113) as well.
public final class Tls {
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

  private static final long MAX_STREAMS = 128;
  private static final long MAX_HEAD = 16 * 1024;

  private Tls() {}

  /// Offers HTTP/2 besides HTTP/1.1.
  public static void offerHttp2(HttpServerOptions options) {
    options
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(MAX_STREAMS)
                .setMaxHeaderListSize(MAX_HEAD));
  }

  /// Makes a server of these options speak TLS.
  ///
  /// @param patience how long a handshake may take
  public static void enable(HttpServerOptions options, CertificateFiles files, Duration patience) {
    Renegotiation.refuse();
    options
        .setSsl(true)
        .setKeyCertOptions(KeyCertOptions.wrap(files.keys()))
        .setEnabledSecureTransportProtocols(VERSIONS)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setSslHandshakeTimeout(patience.toMillis());
    CIPHERS.forEach(options::addEnabledCipherSuite);
  }
}
