package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.registration.IdempotencyRecord;
import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.registration.IdempotencyState;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.Rotation;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserUpdate;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// Users and sessions in two maps under one lock, tested by the same contract suites as PostgreSQL.
public final class InMemoryAccounts {
  private static final int LISTED_SESSIONS = 200;

  private final InstantSource clock;
  private final Map<UserId, Credentials> accounts = new HashMap<>();
  private final Map<String, IdempotencyRecord> registrations = new HashMap<>();
  private final Map<String, Claim> claims = new HashMap<>();
  private final Map<SessionId, Session> sessions = new HashMap<>();
  private final Map<SessionId, TokenHistory> tokens = new HashMap<>();

  /// A store with times by the system's clock.
  public InMemoryAccounts() {
    this(InstantSource.system());
  }

  /// @param clock gives all times
  public InMemoryAccounts(InstantSource clock) {
    this.clock = clock;
  }

  /// In the precision of the PostgreSQL store.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// The users.
  public Users users() {
    return new InMemoryUsers();
  }

  /// The sessions of the same users.
  public Sessions sessions() {
    return new InMemorySessions();
  }

  /// The registrations of the same users.
  public IdempotencyRecords registrations() {
    return new InMemoryRegistrations();
  }

  private List<SessionId> endSessions(Predicate<Session> ended) {
    var ids = new ArrayList<SessionId>();
    sessions.values().stream().filter(ended).map(Session::id).forEach(ids::add);
    ids.forEach(sessions::remove);
    ids.forEach(tokens::remove);
    return List.copyOf(ids);
  }

  private final class InMemoryUsers implements Users {
    @Override
    public User add(NewUser user, PasswordHash hash) {
      synchronized (InMemoryAccounts.this) {
        User stored = user.storedAt(now());
        requireFree(stored);
        accounts.put(stored.id(), new Credentials(stored, hash));
        return stored;
      }
    }

    @Override
    public boolean isTaken(EmailAddress email) {
      return findCredentials(email).isPresent();
    }

    @Override
    public Optional<User> find(UserId id) {
      return findCredentials(id).map(Credentials::user);
    }

    @Override
    public Optional<Credentials> findCredentials(UserId id) {
      synchronized (InMemoryAccounts.this) {
        return Optional.ofNullable(accounts.get(id));
      }
    }

    @Override
    public Optional<Credentials> findCredentials(EmailAddress email) {
      synchronized (InMemoryAccounts.this) {
        return accounts.values().stream()
            .filter(account -> account.user().email().canonical().equals(email.canonical()))
            .findFirst();
      }
    }

    @Override
    public List<User> search(UserQuery query) {
      synchronized (InMemoryAccounts.this) {
        return accounts.values().stream()
            .map(Credentials::user)
            .filter(user -> UserSearch.matches(query, user))
            .sorted(UserSearch.order(query))
            .limit(query.limit())
            .toList();
      }
    }

    @Override
    public UserUpdate updateAndEndSessions(User changed) {
      synchronized (InMemoryAccounts.this) {
        User stored = updated(changed);
        return new UserUpdate(stored, endSessions(session -> session.user().equals(changed.id())));
      }
    }

    @Override
    public UserUpdate update(User changed) {
      synchronized (InMemoryAccounts.this) {
        return changed.active()
            ? new UserUpdate(updated(changed), List.of())
            : updateAndEndSessions(changed);
      }
    }

    private User updated(User changed) {
      Credentials stored = stored(changed.id());
      if (stored.user().version() + 1 != changed.version()) {
        throw Refusal.staleVersion();
      }
      if (stored.user().administrator() && !changed.administrator()) {
        requireAnotherAdministrator(changed.id());
      }
      requireFree(changed);
      User next = changed.storedAt(now());
      accounts.put(changed.id(), new Credentials(next, stored.passwordHash()));
      return next;
    }

    @Override
    public List<SessionId> changePassword(
        UserId id, PasswordHash current, PasswordHash next, Optional<SessionId> kept) {
      synchronized (InMemoryAccounts.this) {
        Credentials stored = stored(id);
        if (!stored.passwordHash().equals(current)) {
          throw Refusal.staleVersion();
        }
        accounts.put(id, new Credentials(stored.user(), next));
        return endSessions(
            session -> session.user().equals(id) && kept.filter(session.id()::equals).isEmpty());
      }
    }

    @Override
    public boolean rehash(UserId id, PasswordHash current, PasswordHash next) {
      synchronized (InMemoryAccounts.this) {
        Credentials stored = accounts.get(id);
        if (stored == null || !stored.passwordHash().equals(current)) {
          return false;
        }
        accounts.put(id, new Credentials(stored.user(), next));
        return true;
      }
    }

    @Override
    public List<SessionId> remove(UserId id) {
      synchronized (InMemoryAccounts.this) {
        Credentials stored = accounts.get(id);
        if (stored != null && stored.user().administrator()) {
          requireAnotherAdministrator(id);
        }
        accounts.remove(id);
        return endSessions(session -> session.user().equals(id));
      }
    }

    private Credentials stored(UserId id) {
      return findCredentials(id).orElseThrow(Refusal::notFound);
    }

    private void requireAnotherAdministrator(UserId id) {
      if (accounts.values().stream()
          .map(Credentials::user)
          .noneMatch(user -> user.administrator() && !user.id().equals(id))) {
        throw Refusal.lastAdministrator();
      }
    }

    private void requireFree(User user) {
      if (findCredentials(user.email())
          .filter(other -> !other.user().id().equals(user.id()))
          .isPresent()) {
        throw Refusal.emailTaken();
      }
    }
  }

  private final class InMemoryRegistrations implements IdempotencyRecords {
    @Override
    public IdempotencyState find(String key, Duration remembered) {
      synchronized (InMemoryAccounts.this) {
        IdempotencyRecord made = registrations.get(key);
        if (made != null && made.at().isAfter(now().minus(remembered))) {
          return new IdempotencyState.Registered(made);
        }
        Claim claim = claims.get(key);
        return claim != null && now().isBefore(claim.until())
            ? new IdempotencyState.Claimed()
            : new IdempotencyState.Unused();
      }
    }

    @Override
    public IdempotencyState claim(
        String key, UserId claimant, Duration remembered, Duration lease) {
      synchronized (InMemoryAccounts.this) {
        IdempotencyState before = find(key, remembered);
        if (before instanceof IdempotencyState.Unused) {
          claims.put(key, new Claim(claimant, now().plus(lease)));
        }
        return before;
      }
    }

    @Override
    public IdempotencyState takeOver(
        String key, UserId claimant, Duration remembered, Duration lease) {
      synchronized (InMemoryAccounts.this) {
        claims.remove(key);
        return claim(key, claimant, remembered, lease);
      }
    }

    @Override
    public Optional<User> add(
        NewUser user, PasswordHash hash, String key, String request, Duration remembered) {
      synchronized (InMemoryAccounts.this) {
        Claim claim = claims.get(key);
        boolean own = claim != null && claim.claimant().equals(user.id());
        IdempotencyState before = find(key, remembered);
        if (before instanceof IdempotencyState.Registered
            || (before instanceof IdempotencyState.Claimed && !own)) {
          return Optional.empty();
        }
        User stored = users().add(user, hash);
        registrations.put(
            key, new IdempotencyRecord(key, request, stored.id(), stored.updatedAt()));
        claims.remove(key);
        return Optional.of(stored);
      }
    }

    @Override
    public void release(String key, UserId claimant) {
      synchronized (InMemoryAccounts.this) {
        claims.computeIfPresent(
            key, (_, claim) -> claim.claimant().equals(claimant) ? null : claim);
      }
    }
  }

  /// The claims on idempotency keys.
  private record Claim(UserId claimant, Instant until) {}

  private final class InMemorySessions implements Sessions {
    @Override
    public Optional<Session> open(
        NewSession session, SessionLifetime lifetime, RefreshToken token, PasswordHash verified) {
      synchronized (InMemoryAccounts.this) {
        Credentials owner = accounts.get(session.user());
        boolean unchanged =
            owner != null && owner.user().active() && owner.passwordHash().equals(verified);
        if (!unchanged) {
          return Optional.empty();
        }
        Session stored = begun(session, lifetime);
        sessions.put(session.id(), stored);
        tokens.put(session.id(), new TokenHistory(token, clock));
        return Optional.of(stored);
      }
    }

    private Session begun(NewSession session, SessionLifetime lifetime) {
      Instant at = now();
      Instant end = at.plus(lifetime.absolute());
      return new Session(
          session.id(),
          session.user(),
          at,
          at,
          earlier(at.plus(lifetime.idle()), end),
          end,
          session.userAgent(),
          session.ip());
    }

    private static Instant earlier(Instant one, Instant other) {
      return one.isBefore(other) ? one : other;
    }

    @Override
    public Rotation rotate(
        RefreshToken used, RefreshToken successor, Duration idle, Duration grace) {
      synchronized (InMemoryAccounts.this) {
        Session session = sessions.get(used.session());
        TokenHistory history = tokens.get(used.session());
        if (session == null || history == null || !live(session)) {
          return new Rotation.Gone();
        }
        User user = stored(session.user());
        return switch (history.use(used, successor, grace)) {
          case CURRENT -> new Rotation.Continued(used(session, idle), user);
          case REPEATED -> new Rotation.Continued(session, user);
          case REUSED -> {
            endSessions(live -> live.id().equals(session.id()));
            yield new Rotation.Reused(session.id(), user.id());
          }
          case TOO_FREQUENT -> new Rotation.TooFrequent();
          case UNKNOWN -> new Rotation.Gone();
        };
      }
    }

    private Session used(Session session, Duration idle) {
      Instant at = now();
      var used =
          new Session(
              session.id(),
              session.user(),
              session.createdAt(),
              at,
              earlier(at.plus(idle), session.expiresAt()),
              session.expiresAt(),
              session.userAgent(),
              session.ip());
      sessions.put(used.id(), used);
      return used;
    }

    private User stored(UserId id) {
      return Objects.requireNonNull(accounts.get(id)).user();
    }

    @Override
    public Optional<Session> find(SessionId id) {
      synchronized (InMemoryAccounts.this) {
        return Optional.ofNullable(sessions.get(id)).filter(this::live);
      }
    }

    @Override
    public List<Session> list(UserId user) {
      synchronized (InMemoryAccounts.this) {
        return sessions.values().stream()
            .filter(session -> session.user().equals(user) && live(session))
            .sorted(
                Comparator.comparing(Session::lastUsedAt)
                    .thenComparing(session -> session.id().toString())
                    .reversed())
            .limit(LISTED_SESSIONS)
            .toList();
      }
    }

    @Override
    public boolean end(UserId user, SessionId id) {
      synchronized (InMemoryAccounts.this) {
        return !endSessions(
                session -> session.id().equals(id) && session.user().equals(user) && live(session))
            .isEmpty();
      }
    }

    @Override
    public List<SessionId> endAll(UserId user) {
      synchronized (InMemoryAccounts.this) {
        return endSessions(session -> session.user().equals(user));
      }
    }

    private boolean live(Session session) {
      Instant at = now();
      return at.isBefore(session.idleExpiresAt()) && at.isBefore(session.expiresAt());
    }
  }
}
