package dev.gatehouse.accounts.signin;

import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.user.User;

/// What someone holds after signing in, and again after each refresh.
public record SignedIn(
    Session session, User user, AccessTokens.Issued accessToken, RefreshToken refreshToken) {}
