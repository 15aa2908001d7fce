package dev.gatehouse.http.tls;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTaskBuilder;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate a server shows, kept in step with its files: they are compared every two
/// seconds, by content, since a mounted volume may change behind an unchanged name. What cannot be
/// used is said in the log, and the certificate before it stays. Connections that are open go on.
/// Owns one thread.
public final class CertificateFiles implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CertificateFiles.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final Path certificate;
  private final Path key;
  private final EventLoops loops;
  private final ReloadableKeyManager keys;
  private final PeriodicTask task;
  private KeyMaterial.Pem seen;
  private volatile @Nullable String complaint;

  private CertificateFiles(
      Path certificate,
      Path key,
      EventLoops loops,
      KeyMaterial.Pem seen,
      KeyMaterial material,
      PeriodicTaskBuilder task) {
    this.certificate = certificate;
    this.key = key;
    this.loops = loops;
    this.seen = seen;
    this.keys = new ReloadableKeyManager(material.keys());
    this.task = task.start(this::look);
  }

  /// Reads the files and begins to follow them.
  ///
  /// @param certificate PEM, the server's own first, then those between it and the root
  /// @param key PEM, unencrypted: PKCS#8, or the older forms for RSA and EC
  /// @throws Fault when they cannot be used
  public static CertificateFiles open(
      Path certificate, Path key, EventLoops loops, PeriodicTasks tasks) {
    return open(certificate, key, loops, INTERVAL, tasks);
  }

  static CertificateFiles open(
      Path certificate, Path key, EventLoops loops, Duration interval, PeriodicTasks tasks) {
    try {
      var pem = KeyMaterial.Pem.read(certificate, key);
      var material = KeyMaterial.of(pem, loops.vertx());
      var files =
          new CertificateFiles(
              certificate,
              key,
              loops,
              pem,
              material,
              tasks.task("certificate-files").every(interval).delayed());
      announce(material.certificate());
      return files;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new Fault("The TLS certificate cannot be used: " + reason(unusable), unusable);
    }
  }

  X509KeyManager keys() {
    return keys;
  }

  /// What is wrong with the files as they are now.
  Optional<String> complaint() {
    return Optional.ofNullable(complaint);
  }

  @Override
  public void close() {
    task.close();
  }

  private void look() {
    try {
      var pem = KeyMaterial.Pem.read(certificate, key);
      if (pem.equals(seen)) {
        return;
      }
      seen = pem;
      var material = KeyMaterial.of(pem, loops.vertx());
      keys.replace(material.keys());
      complaint = null;
      announce(material.certificate());
    } catch (IOException | GeneralSecurityException unusable) {
      complain(reason(unusable));
    }
  }

  /// Once for each reason, not every two seconds.
  private void complain(String reason) {
    if (!reason.equals(complaint)) {
      complaint = reason;
      log.error("The new TLS certificate cannot be used, the one before it stays: {}", reason);
    }
  }

  /// Names what is wrong, never what a file holds.
  private static String reason(Exception unusable) {
    String message = unusable.getMessage();
    return message == null || unusable instanceof IOException ? unusable.toString() : message;
  }

  private static void announce(X509Certificate certificate) {
    log.atInfo()
        .addKeyValue("subject", certificate.getSubjectX500Principal().getName())
        .addKeyValue("valid_until", certificate.getNotAfter().toInstant().toString())
        .log("TLS certificate read");
  }
}
