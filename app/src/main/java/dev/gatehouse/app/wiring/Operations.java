package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.administration.AdministerUser;
import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.administration.SetPassword;
import dev.gatehouse.accounts.apikey.CreateApiKey;
import dev.gatehouse.accounts.apikey.ListApiKeys;
import dev.gatehouse.accounts.apikey.RevokeApiKey;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.transfer.ExportUsers;
import dev.gatehouse.accounts.transfer.ImportUsers;
import dev.gatehouse.accounts.user.GetUser;
import dev.gatehouse.tokens.KeyRotation;
import java.util.concurrent.Callable;

/// What operators do at the command line.
public record Operations(
    RegisterUser registerUser,
    GetUser getUser,
    SearchUsers searchUsers,
    AdministerUser administerUser,
    SetPassword setPassword,
    ImportUsers importUsers,
    ExportUsers exportUsers,
    CreateApiKey createApiKey,
    ListApiKeys listApiKeys,
    RevokeApiKey revokeApiKey,
    Callable<KeyRotation> rotateSigningKey) {}
