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

/// Makes a new account, however often the request for it arrives within a day. What was refused
/// changed nothing and is not remembered: the next request under the key is decided again.
/// Thread-safe.
public final class RegisterUserOnce {
  private static final Duration REMEMBERED = Duration.ofHours(24);

  /// Longer than a request takes, so that work and claim end together, and short, since for this
  /// long a crash keeps the client from asking again. Work that outlives it costs a hash, no second
  /// user.
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

  /// Registers a user, or gives again what the first such request was given.
  ///
  /// @return the user as registered, whatever has become of it since
  /// @throws InvalidFields naming every field at fault
  /// @throws Refusal `EMAIL_TAKEN`; `IDEMPOTENCY_KEY_REUSED` when the key came with another
  ///     request; `IDEMPOTENCY_IN_PROGRESS` while this or another instance is working on the key
  /// @throws Unavailable when hasher or store cannot serve
  public User register(RegistrationRequest application, IdempotencyKey key, Origin origin) {
    return register(request(application, key, false), origin);
  }

  /// The same for a request that is sent again by someone who gave its attempts before up, so that
  /// no one waits for these: what one of them has claimed is taken over, and if it is still at work
  /// it adds nothing. What one of them has finished is answered again.
  ///
  /// @throws Refusal as with [#register]; `IDEMPOTENCY_IN_PROGRESS` when it is taken over in turn
  public User registerInstead(RegistrationRequest application, IdempotencyKey key, Origin origin) {
    return register(request(application, key, true), origin);
  }

  /// A request with the fingerprints it is known by.
  ///
  /// @param instead of attempts that were given up
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
      // Perhaps by the same request, which someone has finished since we looked.
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
      // The claim ends by itself; what is worth telling is why the registration failed.
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
        ErrorCode.IDEMPOTENCY_IN_PROGRESS, "The same request is being worked on; ask again.");
  }

  /// A new user is what the request says, an id and a moment, so the request itself holds the rest.
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

  /// Holds the key, of which only a fingerprint is stored: without it no one can try passwords
  /// against this one, not even with the server's own key in hand.
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
