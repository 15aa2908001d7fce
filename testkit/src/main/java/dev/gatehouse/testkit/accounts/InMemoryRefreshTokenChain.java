package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.RefreshTokenChain;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// A chain that stores successors instead of deriving them.
public final class InMemoryRefreshTokenChain implements RefreshTokenChain {
  private final SecureRandom random = new SecureRandom();
  private final Set<RefreshToken> issued = Collections.synchronizedSet(new HashSet<>());
  private final Map<RefreshToken, RefreshToken> successors =
      Collections.synchronizedMap(new HashMap<>());

  @Override
  public RefreshToken first(SessionId session) {
    return issue(session, 0);
  }

  @Override
  public RefreshToken successor(RefreshToken parent) {
    return successors.computeIfAbsent(
        parent, known -> issue(known.session(), known.generation() + 1));
  }

  @Override
  public boolean isGenuine(RefreshToken token) {
    return issued.contains(token);
  }

  private RefreshToken issue(SessionId session, int generation) {
    byte[] secret = new byte[32];
    byte[] tag = new byte[16];
    random.nextBytes(secret);
    random.nextBytes(tag);
    var token = new RefreshToken(session, generation, secret, tag);
    issued.add(token);
    return token;
  }
}
