package dev.gatehouse.accounts.signin;

import dev.gatehouse.accounts.session.RefreshTokenChain;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.token.AccessTokens;

/// What a session hands out, and for how long.
///
/// @param access issues and verifies access tokens
/// @param refresh issues and verifies refresh tokens
/// @param lifetime how long a session lasts
public record SessionTokens(
    AccessTokens access, RefreshTokenChain refresh, SessionLifetime lifetime) {}
