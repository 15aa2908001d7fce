package dev.gatehouse.tokens;

import dev.gatehouse.accounts.error.Fault;
import dev.gatehouse.accounts.model.Actor;
import dev.gatehouse.accounts.model.AuditEvent;
import dev.gatehouse.accounts.model.AuditLog;
import dev.gatehouse.accounts.model.Origin;
import dev.gatehouse.accounts.model.ServerKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the signing keys in memory and keeps them in step with the store. [#current()] never waits
/// and is safe from any thread; [#refresh()] is for one thread at a time.
final class KeyRing {
  private static final Logger log = LoggerFactory.getLogger(KeyRing.class);

  /// Rotation is nobody's request.
  private static final Origin ORIGIN = new Origin("local", "gatehouse", "key-rotation");

  private final SealedKeys store;
  private final RotationPlan plan;
  private final InstantSource clock;
  private final AuditLog audit;
  private volatile Ring ring;

  /// Reads the keys, making the first one if there is none.
  ///
  /// @throws Fault when one of them does not open
  KeyRing(SealedKeys store, RotationPlan plan, InstantSource clock, AuditLog audit) {
    this.store = store;
    this.plan = plan;
    this.clock = clock;
    this.audit = audit;
    this.ring = new Ring(upToDate().stream().map(store::openSigningKey).toList());
  }

  Ring current() {
    return ring;
  }

  /// Looks into the store: adds the next key when it is due, removes those no longer needed, and takes
  /// over what others have done. When it throws, the keys in memory stay as they were.
  void refresh() {
    Ring known = ring;
    var keys = new ArrayList<SigningKey>();
    for (ServerKey stored : upToDate()) {
      known.byKid(stored.kid()).or(() -> openIfPossible(stored)).ifPresent(keys::add);
    }
    if (keys.isEmpty()) {
      throw new Fault("None of the stored signing keys opens; going on with those in memory");
    }
    if (!known.holdsExactly(keys)) {
      ring = new Ring(keys);
      log.info("Signing keys in use from now on: {}", keys.stream().map(SigningKey::kid).toList());
    }
  }

  /// Publishes the next key now, whatever the age of the present one; it signs after the lead time.
  Rotation rotate() {
    Instant now = now();
    List<ServerKey> keys = store.signingKeys();
    boolean added = !plan.successorWaits(keys, now) && addSuccessor(keys, now, Actor.OPERATOR);
    ServerKey newest = store.signingKeys().getLast();
    return new Rotation(newest.kid(), newest.activeFrom(), added);
  }

  private List<ServerKey> upToDate() {
    Instant now = now();
    List<ServerKey> keys = store.signingKeys();
    if (plan.successorDue(keys, now)) {
      addSuccessor(keys, now, Actor.GATEHOUSE);
      keys = store.signingKeys();
    }
    List<ServerKey> outdated = plan.outdated(keys, now);
    for (ServerKey key : outdated) {
      store.remove(key.kid());
      log.info("Signing key {} removed: no token it signed is alive", key.kid());
    }
    return keys.stream().filter(key -> !outdated.contains(key)).toList();
  }

  private boolean addSuccessor(List<ServerKey> keys, Instant now, Actor actor) {
    Instant activeFrom = plan.activeFrom(keys, now);
    Optional<String> added = store.addSigningKey(plan.nextSequence(keys), now, activeFrom);
    if (added.isEmpty()) {
      return false;
    }
    log.info("Signing key made and published; it signs from {} on", activeFrom);
    if (!keys.isEmpty()) {
      var rotated = AuditEvent.Kind.SIGNING_KEY_ROTATED;
      audit.record(new AuditEvent(rotated, actor.name(), added.get(), ORIGIN));
    }
    return true;
  }

  /// As precise as the store keeps it.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Optional<SigningKey> openIfPossible(ServerKey stored) {
    try {
      return Optional.of(store.openSigningKey(stored));
    } catch (Fault unopened) {
      log.error("Going on without a signing key: {}", unopened.getMessage(), unopened);
      return Optional.empty();
    }
  }
}
