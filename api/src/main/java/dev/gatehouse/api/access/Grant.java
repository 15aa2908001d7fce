package dev.gatehouse.api.access;

import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.http.Request;
import java.util.Locale;

/// The right of one kind of caller to call a route.
public sealed interface Grant {
  /// Whether it is the right of anyone who sends this request.
  boolean covers(Request request);

  /// Every user who is signed in.
  record ToUsers() implements Grant {
    @Override
    public boolean covers(Request request) {
      return request.principal() instanceof Caller.SignedIn;
    }
  }

  /// The user whose id is in the path.
  ///
  /// @param segment the name of the segment
  record ToSelf(String segment) implements Grant {
    @Override
    public boolean covers(Request request) {
      return request.principal() instanceof Caller.SignedIn(var claims)
          && claims
              .user()
              .toString()
              .equals(request.pathParameter(segment).toLowerCase(Locale.ROOT));
    }
  }

  /// Users with this role.
  record ToRole(Role role) implements Grant {
    @Override
    public boolean covers(Request request) {
      return request.principal() instanceof Caller.SignedIn(var claims)
          && claims.roles().contains(role);
    }
  }

  /// Programs whose API key has this scope.
  record ToScope(Scope scope) implements Grant {
    @Override
    public boolean covers(Request request) {
      return request.principal() instanceof Caller.ApiKey(_, var scopes) && scopes.contains(scope);
    }
  }
}
