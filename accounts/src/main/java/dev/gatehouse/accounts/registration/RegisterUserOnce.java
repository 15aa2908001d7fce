package dev.gatehouse.accounts.registration;

import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.Fingerprints;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.registration.RegisterUser.RegistrationRequest;
import dev.gatehouse.accounts.registration.RegisterUser.ValidatedRegistration;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile.Field;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes one new account, however often the request for it arrives within a day. A refusal changes
/// nothing and is not remembered: the next request with the key is decided again. Thread-safe.
public final class RegisterUserOnce {
  private static final Duration REMEMBERED = Duration.ofHours(24);

  /// Longer than a request takes, so that work and claim end together; short, because after a crash
  /// the client cannot retry until the claim ends. Work that outlives its claim wastes a hash and
  /// adds no second user.
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final RegisterUser registerUser;
  private final IdempotencyRecords registrations;
  private final Fingerprints fingerprints;

  public RegisterUserOnce(
      RegisterUser registerUser, IdempotencyRecords registrations, Fingerprints fingerprints) {
    this.registerUser = registerUser;
    this.registrations = registrations;
    this.fingerprints = fingerprints;
  }

  /// Registers a user, or returns the result of the first request with this key.
  ///
  /// @return the user as registered, whatever has become of it since
  /// @throws InvalidFields naming every field at fault
  /// @throws Refusal `REGISTRATION_CLOSED`; `EMAIL_TAKEN`; `IDEMPOTENCY_KEY_REUSED` when the key
  ///     came with another request; `IDEMPOTENCY_IN_PROGRESS` while this or another instance is
  ///     working on the key
  /// @throws Unavailable when hasher or store cannot serve
  public User register(RegistrationRequest application, IdempotencyKey key, Origin origin) {
    return register(request(application, key, false), origin);
  }

  /// As [#register], for a retry by a client that abandoned its earlier attempts: it takes over the
  /// claim of an attempt that is still at work, which then adds nothing, and repeats the result of
  /// one that has finished.
  ///
  /// @throws Refusal as with [#register]; `IDEMPOTENCY_IN_PROGRESS` when another retry takes the
  ///     claim over in turn
  public User registerInstead(RegistrationRequest application, IdempotencyKey key, Origin origin) {
    return register(request(application, key, true), origin);
  }

  /// A request and its fingerprints.
  ///
  /// @param instead whether it replaces attempts that the client abandoned
  private record Request(
      RegistrationRequest application, String key, String fingerprint, boolean instead) {}

  private Request request(RegistrationRequest application, IdempotencyKey key, boolean instead) {
    return new Request(application, fingerprint(key), fingerprint(application, key), instead);
  }

  private User register(Request request, Origin origin) {
    return registerUser.reported(
        () -> earlier(request).orElseGet(() -> registered(request, origin)));
  }

  private User registered(Request request, Origin origin) {
    try {
      ValidatedRegistration applicant = registerUser.applicant(request.application());
      return switch (claim(request, applicant.id())) {
        case IdempotencyState.Unused _ -> entered(request, applicant, origin);
        case IdempotencyState.Claimed _ -> throw inProgress();
        case IdempotencyState.Registered(var registration) -> repeated(request, registration);
      };
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.EMAIL_TAKEN) {
        throw refusal;
      }
      // Possibly taken by the same request, if another instance has finished it since the first
      // look.
      return earlier(request).orElseThrow(() -> refusal);
    }
  }

  private IdempotencyState claim(Request request, UserId claimant) {
    return request.instead()
        ? registrations.takeOver(request.key(), claimant, REMEMBERED, LEASE)
        : registrations.claim(request.key(), claimant, REMEMBERED, LEASE);
  }

  private User entered(Request request, ValidatedRegistration applicant, Origin origin) {
    boolean entered = false;
    try {
      User user = registerUser.enter(applicant, (made, hash) -> added(request, made, hash), origin);
      entered = true;
      return user;
    } finally {
      if (!entered) {
        release(request, applicant);
      }
    }
  }

  private User added(Request request, NewUser user, PasswordHash hash) {
    return registrations
        .add(user, hash, request.key(), request.fingerprint(), REMEMBERED)
        .or(() -> earlier(request))
        .orElseThrow(RegisterUserOnce::inProgress);
  }

  private void release(Request request, ValidatedRegistration applicant) {
    try {
      registrations.release(request.key(), applicant.id());
    } catch (Unavailable later) {
      // The claim ends by itself; the caller needs the reason of the failed registration.
    }
  }

  private Optional<User> earlier(Request request) {
    return switch (registrations.find(request.key(), REMEMBERED)) {
      case IdempotencyState.Registered(var registration) ->
          Optional.of(repeated(request, registration));
      case IdempotencyState.Claimed _ when !request.instead() -> throw inProgress();
      case IdempotencyState.Claimed _, IdempotencyState.Unused _ -> Optional.empty();
    };
  }

  private static Refusal inProgress() {
    return new Refusal(
        ErrorCode.IDEMPOTENCY_IN_PROGRESS, "The same request is in progress; retry later.");
  }

  /// The record stores the id and the time; the rest of a new user is in the request itself.
  private static User repeated(Request request, IdempotencyRecord earlier) {
    if (!earlier.request().equals(request.fingerprint())) {
      throw new Refusal(
          ErrorCode.IDEMPOTENCY_KEY_REUSED, "The idempotency key was used for another request.");
    }
    var application = request.application();
    return NewUser.registered(
            earlier.user(),
            EmailAddress.parse(application.email()),
            RegisterUser.profile(application.profile()))
        .storedAt(earlier.at());
  }

  private String fingerprint(IdempotencyKey key) {
    return fingerprints.of("idempotency key", key.value());
  }

  /// Includes the key, of which only a fingerprint is stored: without it, passwords cannot be tried
  /// against the stored value, not even with the server's own key.
  private String fingerprint(RegistrationRequest application, IdempotencyKey key) {
    var texts = new ArrayList<String>();
    texts.add(key.value());
    texts.add(application.email());
    texts.add(application.password());
    addTexts(application.profile(), texts);
    return fingerprints.of("idempotent registration", texts.toArray(String[]::new));
  }

  /// Earlier releases know the display name alone, in this form; a retry may reach one of them.
  private static void addTexts(ProfileInput profile, List<String> texts) {
    Optional<String> name = profile.text(Field.DISPLAY_NAME);
    texts.add(name.map(it -> "named " + it).orElse("nameless"));
    for (Field field : Field.values()) {
      if (field != Field.DISPLAY_NAME) {
        profile.text(field).ifPresent(text -> texts.add(field.label() + " " + text));
      }
    }
  }
}
