package dev.gatehouse.testkit.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate for `localhost`, created by the JDK's `keytool`.
///
/// @param certificatePem the certificate
/// @param keyPem its private key, unencrypted
public record TestCertificate(String certificatePem, String keyPem, X509Certificate certificate) {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Base64.Encoder MIME = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

  /// Creates a certificate.
  ///
  /// @param keyAlgorithm in the terms of `keytool`: `EC`, `RSA`
  /// @param folder for a key store
  public static TestCertificate make(String name, String keyAlgorithm, Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-J-XX:TieredStopAtLevel=1",
        "-J-XX:+UseSerialGC",
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        keyAlgorithm,
        "-dname",
        "CN=" + name,
        "-ext",
        "san=dns:localhost",
        "-validity",
        "30",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        new String(PASSWORD));
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    var certificate = (X509Certificate) keys.getCertificate(name);
    return new TestCertificate(
        pem("CERTIFICATE", certificate.getEncoded()),
        pem("PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()),
        certificate);
  }

  /// The TLS context of a client that trusts only this certificate.
  public static SSLContext trusting(TestCertificate... known)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (TestCertificate each : known) {
      store.setCertificateEntry(
          each.certificate().getSubjectX500Principal().getName(), each.certificate());
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String pem(String label, byte[] encoded) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, MIME.encodeToString(encoded));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }
}
