package dev.gatehouse.tokens;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.resilience.clock.ClockGate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signing keys in memory, synchronised with the store. [#current()] never waits and is safe
/// from any thread; [#refresh()] is for one thread at a time.
final class KeyRing {
  private static final Logger log = LoggerFactory.getLogger(KeyRing.class);

  /// Rotation has no request.
  private static final Origin ORIGIN = new Origin("local", "gatehouse", "key-rotation");

  private final SealedKeys store;
  private final RotationPlan plan;
  private final InstantSource clock;
  private final ClockGate gate;
  private final AuditLog audit;
  private volatile SigningKeys ring;

  /// Reads the keys and creates the first one if there is none.
  ///
  /// @param clock the estimated clock of the store
  /// @param clocksAgree whether the estimate permits adding and removing keys
  /// @throws Fault when a key cannot be decrypted
  KeyRing(
      SealedKeys store,
      RotationPlan plan,
      InstantSource clock,
      BooleanSupplier clocksAgree,
      AuditLog audit) {
    this.store = store;
    this.plan = plan;
    this.clock = clock;
    this.gate = new ClockGate("Rotation of signing keys", clocksAgree, log::warn);
    this.audit = audit;
    this.ring = new SigningKeys(upToDate().stream().map(store::openSigningKey).toList());
  }

  SigningKeys current() {
    return ring;
  }

  /// Synchronises with the store: adds the next key when it is due, removes keys that are no longer
  /// needed, and adopts changes by other instances. When it throws, the keys in memory stay
  /// unchanged.
  void refresh() {
    SigningKeys known = ring;
    var keys = new ArrayList<SigningKey>();
    for (ServerKey stored : upToDate()) {
      known.byKid(stored.kid()).or(() -> openIfPossible(stored)).ifPresent(keys::add);
    }
    if (keys.isEmpty()) {
      throw new Fault("None of the stored signing keys opens; going on with those in memory");
    }
    if (!known.holdsExactly(keys)) {
      ring = new SigningKeys(keys);
      log.info("Signing keys in use: {}", keys.stream().map(SigningKey::kid).toList());
    }
  }

  /// Publishes the next key now, independent of the age of the current one; it signs after the lead
  /// time.
  ///
  /// @throws Fault when the clocks of this machine and of the store disagree
  KeyRotation rotate() {
    if (!gate.open()) {
      throw new Fault(
          "The clocks of this machine and of the database disagree, so no key is added; set them right");
    }
    Instant now = now();
    List<ServerKey> keys = store.signingKeys();
    boolean added = !plan.successorWaits(keys, now) && addSuccessor(keys, Actor.OPERATOR);
    ServerKey newest = store.signingKeys().getLast();
    return new KeyRotation(newest.kid(), newest.activeFrom(), added);
  }

  /// While the clocks disagree, no key is added or removed, except the first one, which is required
  /// and signs at once.
  private List<ServerKey> upToDate() {
    List<ServerKey> keys = store.signingKeys();
    if (keys.isEmpty()) {
      addSuccessor(keys, Actor.GATEHOUSE);
      return store.signingKeys();
    }
    return gate.open() ? rotated(keys, now()) : keys;
  }

  private List<ServerKey> rotated(List<ServerKey> stored, Instant now) {
    List<ServerKey> keys = stored;
    if (plan.successorDue(keys, now)) {
      addSuccessor(keys, Actor.GATEHOUSE);
      keys = store.signingKeys();
    }
    List<ServerKey> outdated =
        plan.outdated(keys, now).stream().filter(key -> store.remove(key, plan.kept())).toList();
    for (ServerKey key : outdated) {
      log.info("Signing key {} removed: all its tokens have expired", key.kid());
    }
    return keys.stream().filter(key -> !outdated.contains(key)).toList();
  }

  private boolean addSuccessor(List<ServerKey> keys, Actor actor) {
    Duration lead = plan.lead(keys);
    Optional<String> added = store.addSigningKey(plan.nextSequence(keys), lead);
    if (added.isEmpty()) {
      return false;
    }
    log.info("Signing key created and published; it starts signing in {} s", lead.toSeconds());
    if (!keys.isEmpty()) {
      var rotated = AuditEvent.Kind.SIGNING_KEY_ROTATED;
      audit.record(new AuditEvent(rotated, actor.name(), added.get(), ORIGIN));
    }
    return true;
  }

  /// With the precision of the store.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Optional<SigningKey> openIfPossible(ServerKey stored) {
    try {
      return Optional.of(store.openSigningKey(stored));
    } catch (Fault unopened) {
      log.error("Signing key is skipped: {}", unopened.getMessage(), unopened);
      return Optional.empty();
    }
  }
}
