package dev.gatehouse.app;

import dev.gatehouse.accounts.application.AdministerUser;
import dev.gatehouse.accounts.application.CreateApiKey;
import dev.gatehouse.accounts.application.ExportUsers;
import dev.gatehouse.accounts.application.GetUser;
import dev.gatehouse.accounts.application.ImportUsers;
import dev.gatehouse.accounts.application.ListApiKeys;
import dev.gatehouse.accounts.application.RegisterUser;
import dev.gatehouse.accounts.application.RevokeApiKey;
import dev.gatehouse.accounts.application.SearchUsers;
import dev.gatehouse.accounts.application.SetPassword;
import dev.gatehouse.tokens.Rotation;
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
    Callable<Rotation> rotateSigningKey) {}
