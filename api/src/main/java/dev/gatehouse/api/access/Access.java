package dev.gatehouse.api.access;

import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The callers that a route admits: those whom at least one grant covers. What they may see or
/// change there is the handler's to decide.
///
/// @param clientCredentials whether API keys are also accepted as the secrets of OAuth clients
public record Access(List<Grant> grants, boolean clientCredentials) implements Guard {
  /// Every caller, identified or not.
  public static final Guard PUBLIC = Guard.PUBLIC;

  /// Users who are signed in.
  public static final Access USERS = to(new Grant.ToUsers());

  private static final CharSequence BOTH = "Bearer, " + ClientCredentials.CHALLENGE;

  public Access {
    grants = List.copyOf(grants);
    if (grants.isEmpty()) {
      throw new IllegalArgumentException("Access without a grant admits no caller.");
    }
  }

  /// Callers whom one of these grants covers.
  public static Access to(Grant... grants) {
    return new Access(List.of(grants), false);
  }

  /// The same callers, whose API keys are also accepted by HTTP Basic and as `client_secret` of the
  /// form.
  public Access orClientCredentials() {
    return new Access(grants, true);
  }

  @Override
  public boolean open() {
    return false;
  }

  @Override
  public boolean permits(Request request) {
    for (Grant grant : grants) {
      if (grant.covers(request)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable CharSequence challenge(Refusal refusal, Request request) {
    if (!clientCredentials) {
      return null;
    }
    return switch (refusal.code()) {
      case INVALID_CREDENTIALS -> ClientCredentials.CHALLENGE;
      case UNAUTHENTICATED -> BearerAuthenticator.hasAuthorization(request) ? null : BOTH;
      default -> null;
    };
  }
}
