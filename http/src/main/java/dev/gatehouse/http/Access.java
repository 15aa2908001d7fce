package dev.gatehouse.http;

import java.util.Set;

/// Who may call a route. A caller without a valid token is refused with 401, one with a token that
/// none of the grants covers with 403. What callers may see or change there is still the handler's
/// to decide.
///
/// @param open whether anybody may; a token that is sent along is then not looked at
/// @param grants otherwise, those whom one of these covers
/// @param clientCredentials whether API keys are also taken as the secrets of OAuth clients
public record Access(boolean open, Set<Grant> grants, boolean clientCredentials) {
  /// Anybody.
  public static final Access PUBLIC = new Access(true, Set.of(), false);

  /// Users who are signed in.
  public static final Access AUTHENTICATED = to(new Grant.ToUsers());

  public Access {
    grants = Set.copyOf(grants);
    if (open != grants.isEmpty()) {
      throw new IllegalArgumentException("either anybody may call, or somebody in particular");
    }
  }

  /// Those whom one of these covers.
  public static Access to(Grant... grants) {
    return new Access(false, Set.of(grants), false);
  }

  /// The same callers, whose API keys are also taken by HTTP Basic and as `client_secret` of the
  /// form.
  public Access orClientCredentials() {
    return new Access(open, grants, true);
  }

  /// Whether a caller who is known may.
  boolean permits(Request request) {
    return grants.stream().anyMatch(grant -> grant.covers(request));
  }
}
