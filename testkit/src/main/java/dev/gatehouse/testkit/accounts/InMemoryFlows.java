package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.flow.CodeTry;
import dev.gatehouse.accounts.flow.CompletedFlow;
import dev.gatehouse.accounts.flow.Flow;
import dev.gatehouse.accounts.flow.FlowEffect;
import dev.gatehouse.accounts.flow.FlowKind;
import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.flow.NewFlow;
import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// Flows in a map, over users and sessions of another store, under one lock.
public final class InMemoryFlows implements Flows {
  private final Users users;
  private final Sessions sessions;
  private final InstantSource clock;
  private final Map<FlowId, Stored> flows = new HashMap<>();
  private final Map<String, WrongCodes> wrongCodes = new HashMap<>();

  /// @param clock gives all times
  public InMemoryFlows(Users users, Sessions sessions, InstantSource clock) {
    this.users = users;
    this.sessions = sessions;
    this.clock = clock;
  }

  private record Stored(
      Flow flow, int tries, Instant codeExpiresAt, Instant expiresAt, boolean used) {
    Stored withTries(int number) {
      return new Stored(flow, number, codeExpiresAt, expiresAt, used);
    }

    Stored asUsed() {
      return new Stored(flow, tries, codeExpiresAt, expiresAt, true);
    }
  }

  private record WrongCodes(int count, Instant last) {}

  @Override
  public synchronized void begin(NewFlow begun) {
    var flow =
        new Flow(begun.id(), begun.kind(), begun.email(), begun.user(), begun.code(), begun.link());
    Instant now = clock.instant();
    flows.put(
        flow.id(),
        new Stored(
            flow,
            0,
            now.plus(flow.kind().codeValidity()),
            now.plus(flow.kind().linkValidity()),
            false));
  }

  @Override
  public synchronized Optional<Flow> find(FlowId id) {
    return live(id).map(Stored::flow);
  }

  @Override
  public synchronized CodeTry spendTry(FlowId id) {
    Optional<Stored> found =
        live(id).filter(flow -> clock.instant().isBefore(flow.codeExpiresAt()));
    if (found.isEmpty()) {
      return new CodeTry.Gone();
    }
    Stored stored = found.get();
    if (stored.tries() >= TRIES) {
      return new CodeTry.Exhausted();
    }
    Stored spent = stored.withTries(stored.tries() + 1);
    flows.put(id, spent);
    int left = TRIES - spent.tries();
    return counted(spent.flow())
        ? new CodeTry.Counted(spent.flow(), left)
        : new CodeTry.Blocked(left);
  }

  private boolean counted(Flow flow) {
    String address = flow.email().canonical();
    WrongCodes before = wrongCodes.getOrDefault(address, new WrongCodes(0, Instant.MIN));
    boolean blocked = before.count() >= FAILURES;
    if (blocked && !signedInSince(flow, before.last())) {
      return false;
    }
    wrongCodes.put(address, new WrongCodes(blocked ? 1 : before.count() + 1, clock.instant()));
    return true;
  }

  private boolean signedInSince(Flow flow, Instant moment) {
    return users
        .findCredentials(flow.email())
        .map(account -> sessions.list(account.user().id()))
        .orElse(List.of())
        .stream()
        .map(Session::createdAt)
        .anyMatch(moment::isBefore);
  }

  @Override
  public synchronized void giveBack(FlowId id) {
    live(id)
        .filter(stored -> stored.tries() > 0)
        .ifPresent(
            stored -> {
              flows.put(id, stored.withTries(stored.tries() - 1));
              wrongCodes.computeIfPresent(
                  stored.flow().email().canonical(),
                  (_, wrong) -> new WrongCodes(Math.max(0, wrong.count() - 1), wrong.last()));
            });
  }

  @Override
  public synchronized Optional<CompletedFlow> complete(FlowId id, FlowEffect effect) {
    Optional<Stored> found = live(id);
    Optional<Credentials> account = found.flatMap(stored -> account(stored.flow(), effect));
    if (found.isEmpty() || account.isEmpty()) {
      return Optional.empty();
    }
    Flow flow = found.get().flow();
    CompletedFlow completed = apply(flow, effect, account.get());
    flows.put(id, found.get().asUsed());
    wrongCodes.remove(flow.email().canonical());
    return Optional.of(completed);
  }

  private Optional<Credentials> account(Flow flow, FlowEffect effect) {
    return flow.user()
        .map(users::findCredentials)
        .orElseGet(() -> users.findCredentials(flow.email()))
        .filter(account -> account.user().active())
        .filter(account -> !effect.keepsAddress() || isAt(flow.email(), account.user()));
  }

  private static boolean isAt(EmailAddress email, User user) {
    return user.email().canonical().equals(email.canonical());
  }

  private CompletedFlow apply(Flow flow, FlowEffect effect, Credentials account) {
    EmailAddress address = effect.keepsAddress() ? account.user().email() : flow.email();
    User changed = users.update(account.user().verifiedAt(address)).user();
    return switch (effect) {
      case FlowEffect.VerifyEmail _, FlowEffect.ChangeEmail _ ->
          new CompletedFlow(changed, List.of());
      case FlowEffect.ResetPassword reset -> withPassword(flow, changed, account, reset.next());
      case FlowEffect.UndoEmailChange undo -> {
        voidLaterUndos(flow.id(), changed.id());
        yield withPassword(flow, changed, account, undo.next());
      }
    };
  }

  private CompletedFlow withPassword(
      Flow flow, User changed, Credentials before, PasswordHash next) {
    List<SessionId> ended =
        users.changePassword(changed.id(), before.passwordHash(), next, Optional.empty());
    voidOthers(flow, changed.id());
    return new CompletedFlow(changed, ended);
  }

  private void voidOthers(Flow flow, UserId user) {
    voidIf(
        other ->
            other.flow().kind() != FlowKind.UNDO_EMAIL_CHANGE
                && (other.flow().email().canonical().equals(flow.email().canonical())
                    || other.flow().user().equals(Optional.of(user))));
  }

  private void voidLaterUndos(FlowId id, UserId user) {
    Instant end = Objects.requireNonNull(flows.get(id)).expiresAt();
    voidIf(
        other ->
            other.flow().kind() == FlowKind.UNDO_EMAIL_CHANGE
                && other.flow().user().equals(Optional.of(user))
                && !other.expiresAt().isBefore(end));
  }

  private void voidIf(Predicate<Stored> isVoid) {
    flows.replaceAll((_, flow) -> isVoid.test(flow) ? flow.asUsed() : flow);
  }

  private Optional<Stored> live(FlowId id) {
    return Optional.ofNullable(flows.get(id))
        .filter(stored -> !stored.used() && clock.instant().isBefore(stored.expiresAt()));
  }
}
