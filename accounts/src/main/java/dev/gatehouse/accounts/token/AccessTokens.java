package dev.gatehouse.accounts.token;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Issues and checks access tokens: signed statements of who the bearer is, valid for minutes.
/// Thread-safe; no method waits for anything.
public interface AccessTokens {
  /// What tokens name as the client they were given to (RFC 9068, 2.2): the service itself, since
  /// its own sign-in knows no clients. The same in every installation; `aud` tells installations
  /// apart.
  String CLIENT_ID = "gatehouse";

  /// Signs a token for a session that is open as of now.
  Issued issue(User user, SessionId session);

  /// Reads a token.
  ///
  /// @throws Refusal `INVALID_TOKEN` when it is not ours, altered, expired or not yet valid
  Claims verify(String token);

  /// What a token says that was verified before and is still good: from memory, without the cost of
  /// checking a signature. Empty says nothing about the token.
  Optional<Claims> recall(String token);

  /// A fresh token.
  ///
  /// @param token the compact form for the client
  /// @param expiresAt its end
  record Issued(String token, Instant expiresAt) {}

  /// What a token says.
  record Claims(
      UserId user, SessionId session, Set<Role> roles, Instant issuedAt, Instant expiresAt) {
    public Claims {
      roles = Set.copyOf(roles);
    }
  }
}
