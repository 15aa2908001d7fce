package dev.gatehouse.accounts.application;

import dev.gatehouse.accounts.model.AccessTokens;
import dev.gatehouse.accounts.model.RefreshToken;
import dev.gatehouse.accounts.model.Session;
import dev.gatehouse.accounts.model.User;

/// What somebody holds after signing in, and again after each refresh.
public record SignedIn(
    Session session, User user, AccessTokens.Issued accessToken, RefreshToken refreshToken) {}
