package dev.gatehouse.accounts.flow;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.user.AcceptablePassword;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.errors.WrongCode;
import java.util.List;
import java.util.Optional;

/// Completes a flow: checks the form, then the proof, then the new password, hashes it, and uses
/// the flow in the transaction of its effect. A wrong code counts; a right one whose flow does not
/// complete does not. Thread-safe.
public final class CompleteFlow {
  private final Flows flows;
  private final CodeHashes hashes;
  private final Users users;
  private final Authenticate authenticate;
  private final Passwords passwords;
  private final Revocations revocations;
  private final AuditLog audit;

  CompleteFlow(
      Flows flows,
      CodeHashes hashes,
      Users users,
      Authenticate authenticate,
      Passwords passwords,
      Revocations revocations,
      AuditLog audit) {
    this.flows = flows;
    this.hashes = hashes;
    this.users = users;
    this.authenticate = authenticate;
    this.passwords = passwords;
    this.revocations = revocations;
    this.audit = audit;
  }

  /// Completes a flow.
  ///
  /// @return the account afterwards
  /// @throws Refusal `FLOW_EXPIRED` when the flow is unknown, used or expired, or the token is not
  ///     its own; `WRONG_PASSWORD`; `EMAIL_TAKEN`
  /// @throws WrongCode when the code is wrong, or codes of the address do not work
  /// @throws InvalidFields when a field is missing or not acceptable
  /// @throws Unavailable when hasher or store cannot serve
  public User complete(FlowId id, FlowProof proof, FlowInput input, Origin origin) {
    Flow flow = flows.find(id).orElseThrow(Refusal::flowExpired);
    input.require(setsPassword(flow.kind()), needsCurrentPassword(flow.kind(), proof));
    return switch (proof) {
      case FlowProof.Code code -> byCode(flow, code.code(), input, origin);
      case FlowProof.Link link -> byLink(flow, link.token(), input, origin);
    };
  }

  private static boolean setsPassword(FlowKind kind) {
    return switch (kind) {
      case RESET_PASSWORD, INVITATION, UNDO_EMAIL_CHANGE, REGISTER -> true;
      case VERIFY_EMAIL, CHANGE_EMAIL, SIGN_IN -> false;
    };
  }

  /// A link that sets no password must not complete by being opened.
  private static boolean needsCurrentPassword(FlowKind kind, FlowProof proof) {
    return proof instanceof FlowProof.Link
        && (kind == FlowKind.VERIFY_EMAIL || kind == FlowKind.CHANGE_EMAIL);
  }

  private User byCode(Flow flow, FlowCode code, FlowInput input, Origin origin) {
    requireRight(flow.id(), code);
    try {
      return completed(flow, input, origin);
    } catch (GatehouseException incomplete) {
      flows.giveBack(flow.id());
      throw incomplete;
    }
  }

  private void requireRight(FlowId id, FlowCode code) {
    switch (flows.spendTry(id)) {
      case CodeTry.Gone _ -> throw Refusal.flowExpired();
      case CodeTry.Exhausted _ -> throw new WrongCode(0);
      case CodeTry.Blocked blocked -> throw new WrongCode(blocked.triesLeft());
      case CodeTry.Counted counted -> {
        if (!counted.flow().code().equals(Optional.of(hashes.of(id, code)))) {
          throw new WrongCode(counted.triesLeft());
        }
      }
    }
  }

  private User byLink(Flow flow, LinkToken token, FlowInput input, Origin origin) {
    if (!flow.link().equals(token.hash())) {
      throw Refusal.flowExpired();
    }
    if (input.currentPassword().isPresent()) {
      var owner = flow.user().orElseThrow(Refusal::flowExpired);
      authenticate.byId(owner, input.currentPassword().get(), origin);
    }
    return completed(flow, input, origin);
  }

  private User completed(Flow flow, FlowInput input, Origin origin) {
    FlowEffect effect = effect(flow, input);
    CompletedFlow completed = flows.complete(flow.id(), effect).orElseThrow(Refusal::flowExpired);
    User user = completed.user();
    revocations.add(completed.ended());
    events(effect).forEach(event -> audit.record(AuditEvent.by(event, user.id(), origin)));
    return user;
  }

  private FlowEffect effect(Flow flow, FlowInput input) {
    return switch (flow.kind()) {
      case VERIFY_EMAIL -> new FlowEffect.VerifyEmail();
      case RESET_PASSWORD ->
          new FlowEffect.ResetPassword(hashed(flow, input.newPassword().orElseThrow()));
      case CHANGE_EMAIL -> {
        requireFree(flow);
        yield new FlowEffect.ChangeEmail();
      }
      case UNDO_EMAIL_CHANGE -> {
        requireFree(flow);
        yield new FlowEffect.UndoEmailChange(hashed(flow, input.newPassword().orElseThrow()));
      }
      // Of a later release beside this one, which begins none of them.
      case SIGN_IN, INVITATION, REGISTER -> throw Refusal.flowExpired();
    };
  }

  /// The index of addresses decides; this finds in addition an account whose address an earlier
  /// release stored in another form.
  private void requireFree(Flow flow) {
    if (users
        .findCredentials(flow.email())
        .filter(other -> !flow.user().equals(Optional.of(other.user().id())))
        .isPresent()) {
      throw Refusal.emailTaken();
    }
  }

  private PasswordHash hashed(Flow flow, String newPassword) {
    User owner =
        flow.user()
            .map(users::findCredentials)
            .orElseGet(() -> users.findCredentials(flow.email()))
            .map(Credentials::user)
            .filter(User::active)
            .orElseThrow(Refusal::flowExpired);
    var password = new Password(newPassword);
    AcceptablePassword.require(passwords.policy(), password, owner);
    return passwords.hasher().hash(password, PasswordHasher.Trust.NORMAL);
  }

  private static List<AuditEvent.Kind> events(FlowEffect effect) {
    return switch (effect) {
      case FlowEffect.VerifyEmail _ -> List.of(AuditEvent.Kind.EMAIL_VERIFIED);
      case FlowEffect.ResetPassword _ -> List.of(AuditEvent.Kind.PASSWORD_CHANGED);
      case FlowEffect.ChangeEmail _ -> List.of(AuditEvent.Kind.EMAIL_CHANGED);
      case FlowEffect.UndoEmailChange _ ->
          List.of(AuditEvent.Kind.EMAIL_CHANGED, AuditEvent.Kind.PASSWORD_CHANGED);
    };
  }
}
