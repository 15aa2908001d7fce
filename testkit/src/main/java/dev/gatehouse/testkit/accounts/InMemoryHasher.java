package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.errors.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A hasher without cost and protection, for tests of other parts. It records the requested
/// verifications.
public final class InMemoryHasher implements PasswordHasher {
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);

  private final List<Trust> checks = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicBoolean refusing = new AtomicBoolean();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /// Holds back hashes until the returned action runs.
  public Runnable hold() {
    var held = new CountDownLatch(1);
    gate = held;
    return held::countDown;
  }

  /// Whether a caller waits for a hash that is held back.
  public boolean isHolding() {
    return held.get() > 0;
  }

  /// Rejects the next hash, as under overload.
  public void refuseNext() {
    refusing.set(true);
  }

  @Override
  public PasswordHash hash(Password password, Trust standing) {
    if (refusing.compareAndSet(true, false)) {
      throw Unavailable.overloaded(Duration.ofSeconds(1));
    }
    passGate();
    return new PasswordHash("$today$" + digest(password));
  }

  /// The stored form of a password with weaker parameters.
  public PasswordHash outdated(Password password) {
    return new PasswordHash("$yesterday$" + digest(password));
  }

  @Override
  public Verdict verify(Password password, PasswordHash stored, Trust standing) {
    checks.add(standing);
    String encoded = stored.encoded();
    boolean matches = encoded.substring(encoded.lastIndexOf('$') + 1).equals(digest(password));
    return new Verdict(matches, encoded.startsWith("$yesterday$"));
  }

  @Override
  public void verifyDummy(Trust standing) {
    checks.add(standing);
  }

  /// The trust of each requested verification, including dummies.
  public List<Trust> checks() {
    return List.copyOf(checks);
  }

  private void passGate() {
    held.incrementAndGet();
    try {
      if (!gate.await(LONGEST_HOLD.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a hash was held back for too long");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } finally {
      held.decrementAndGet();
    }
  }

  private static String digest(Password password) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(password.normal().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
