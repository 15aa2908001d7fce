package dev.gatehouse.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/// Brings about every outcome the description of a server promises and holds the responses against
/// it.
public final class ApiWalk implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Calls calls;
  private final Description description;
  private final Accounts accounts;
  private final ValidCalls validCalls;
  private final Faults faults;

  /// A walk through the server at this address.
  public ApiWalk(URI base, Operator operator, Faults faults) {
    this.calls = new Calls(base);
    this.description = Description.fetch(calls);
    this.accounts = new Accounts(calls, operator);
    this.validCalls = new ValidCalls(accounts);
    this.faults = faults;
  }

  /// The operations described, such as `GET /v1/users/{id}`.
  public Set<String> operations() {
    return description.operations();
  }

  /// The operations described, with the name each has.
  public Set<String> names() {
    return description.names();
  }

  /// Walks.
  ///
  /// @return the outcomes seen, each as described
  public Set<Outcome> walk() {
    description.checkExamples();
    var seen = new TreeSet<Outcome>();
    var hanging = new ArrayList<Outcome>();
    for (Outcome promised : description.outcomes()) {
      if (needsFault(promised) && !faults.possible()) {
        continue;
      }
      if (promised.status() == 504) {
        hanging.add(promised);
      } else {
        check(promised, provoke(promised));
      }
      seen.add(promised);
    }
    checkHanging(hanging);
    return seen;
  }

  private void check(Outcome promised, CallResponse response) {
    assertThat(response.outcome()).as(response.body()).isEqualTo(promised);
    description.check(response);
    SafeHeaders.check(response);
  }

  /// All at once, since each takes as long as a request may.
  private void checkHanging(List<Outcome> promised) {
    List<Call> valid =
        promised.stream().map(outcome -> validCalls.of(outcome.operation())).toList();
    List<CallResponse> responses =
        faults.during(Faults.Kind.DEPENDENCY_HANGING, () -> calls.sendTogether(valid));
    for (int number = 0; number < promised.size(); number++) {
      check(promised.get(number), responses.get(number));
    }
  }

  private static boolean needsFault(Outcome promised) {
    return promised.status() >= 500
        || promised.status() == 429
        || promised.code().equals("IDEMPOTENCY_IN_PROGRESS")
        || promised.code().equals("REGISTRATION_CLOSED");
  }

  private CallResponse provoke(Outcome promised) {
    Call valid = validCalls.of(promised.operation());
    return switch (promised.status()) {
      case 304 -> calls.send(valid.with("If-None-Match", "*"));
      case 400 -> calls.send(withQuery(valid, "unknown=1"));
      case 401 -> calls.send(unauthorized(valid, promised.code()));
      case 403 -> forbidden(valid, promised.code());
      case 404 -> calls.send(elsewhere(valid));
      case 409 -> conflict(valid, promised.code());
      case 412 -> calls.send(valid.with("If-Match", "\"0\""));
      case 413 -> calls.send(valid.raw(valid.body() + " ".repeat(1 << 20)));
      case 415 -> calls.send(valid.with("Content-Type", "text/plain"));
      case 422 -> unacceptable(valid, promised.code());
      case 429 -> faults.during(Faults.Kind.LIMIT_REACHED, () -> calls.send(valid));
      case 500 -> faults.during(Faults.Kind.BUG, () -> calls.send(valid));
      case 503 -> faults.during(unavailable(promised.code()), () -> calls.send(valid));
      default -> calls.send(valid);
    };
  }

  private static Call withQuery(Call valid, String query) {
    return valid.at(valid.path() + (valid.path().contains("?") ? "&" : "?") + query);
  }

  private CallResponse forbidden(Call valid, String code) {
    return switch (code) {
      case "WRONG_PASSWORD" -> calls.send(withWrongPassword(valid));
      case "REGISTRATION_CLOSED" ->
          faults.during(Faults.Kind.REGISTRATION_CLOSED, () -> calls.send(valid));
      default -> calls.send(valid.as(stranger(valid.operation())));
    };
  }

  private static Call withWrongPassword(Call valid) {
    return valid.raw(valid.body().replace(Accounts.PASSWORD, "not the password"));
  }

  /// Whom a call is not for: users where it is for programs alone, programs otherwise.
  private String stranger(String operation) {
    return operation.equals("POST /v1/tokens/introspect")
        ? accounts.fresh().accessToken()
        : accounts.key("introspect");
  }

  private static Call elsewhere(Call valid) {
    String other = ID.matcher(valid.path()).replaceFirst(UUID.randomUUID().toString());
    return valid.at(other.equals(valid.path()) ? valid.path() + "0" : other);
  }

  private static Call unauthorized(Call valid, String code) {
    if (valid.operation().equals("POST /v1/sessions/refresh")) {
      return valid.json(Map.of("refresh_token", "not a token"));
    }
    if (valid.operation().equals("POST /v1/tokens/introspect")
        && code.equals("INVALID_CREDENTIALS")) {
      return valid.with("Authorization", "Basic bm9ib2R5OndpdGhvdXQ=");
    }
    return switch (code) {
      case "UNAUTHENTICATED" -> valid.without("Authorization");
      case "INVALID_TOKEN" -> valid.as("not.a.token");
      default -> withWrongPassword(valid);
    };
  }

  private static Map<String, String> withEmail(Call valid, String email) {
    if (valid.operation().equals("PATCH /v1/users/{id}")) {
      return Map.of("email", email);
    }
    return valid.method().equals("PATCH")
        ? Map.of("email", email, "current_password", Accounts.PASSWORD)
        : Map.of("email", email, "password", Accounts.PASSWORD);
  }

  private CallResponse conflict(Call valid, String code) {
    if (code.equals("EMAIL_TAKEN")) {
      return calls.send(valid.json(withEmail(valid, accounts.fresh().email())));
    }
    if (code.equals("LAST_ADMINISTRATOR")) {
      return calls.send(onLastAdministrator(valid));
    }
    Call keyed = valid.with("Idempotency-Key", UUID.randomUUID().toString());
    // Whichever of the two comes first hangs over the hash; the other learns that it does.
    return faults.during(
        Faults.Kind.HASHER_HANGING,
        () -> {
          var one = CompletableFuture.supplyAsync(() -> calls.send(keyed));
          CallResponse other = calls.send(keyed);
          return other.status() == 409 ? other : one.join();
        });
  }

  private Call onLastAdministrator(Call valid) {
    Accounts.Account last = accounts.onlyAdministrator();
    if (valid.path().equals("/v1/users/me")) {
      return valid.as(last.accessToken());
    }
    Call call = valid.as(accounts.key("users:write")).at("/v1/users/" + last.id());
    return call.method().equals("PATCH") ? call.json(Map.of("status", "disabled")) : call;
  }

  private CallResponse unacceptable(Call valid, String code) {
    if (!code.equals("IDEMPOTENCY_KEY_REUSED")) {
      return calls.send(withFault(valid, code));
    }
    Call keyed = valid.with("Idempotency-Key", UUID.randomUUID().toString());
    calls.send(keyed);
    return calls.send(keyed.json(withEmail(valid, Accounts.freshEmail())));
  }

  private static Call withFault(Call valid, String code) {
    if (valid.operation().equals("GET /v1/users")) {
      return withQuery(valid, "status=unknown");
    }
    if (valid.operation().equals("GET /ready")) {
      return withQuery(valid, "scope=unknown");
    }
    if (valid.operation().equals("POST /v1/tokens/introspect")) {
      return valid.raw("token=");
    }
    if (code.equals("INVALID_FIELDS")) {
      return valid.json(valid.method().equals("PATCH") ? Map.of("display_name", "") : Map.of());
    }
    return valid.raw(
        valid
            .body()
            .replace("\"password\":\"" + Accounts.PASSWORD, "\"password\":\"short")
            .replace("an engine of analysis", "short"));
  }

  private static Faults.Kind unavailable(String code) {
    return switch (code) {
      case "OVERLOADED" -> Faults.Kind.OVERLOAD;
      case "DEPENDENCY_UNAVAILABLE" -> Faults.Kind.DEPENDENCY_AWAY;
      default -> Faults.Kind.NOT_READY;
    };
  }

  @Override
  public void close() {
    calls.close();
  }
}
