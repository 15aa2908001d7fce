package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.administration.AdministrationUseCases;
import dev.gatehouse.accounts.apikey.ApiKeyUseCases;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.transfer.TransferUseCases;
import dev.gatehouse.tokens.KeyRotation;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/// What operators do at the command line.
///
/// @param acceptDatabase accepts a database server that is behind; returns the new epoch
public record Operations(
    RegisterUser registerUser,
    AdministrationUseCases administration,
    TransferUseCases transfer,
    ApiKeyUseCases apiKeys,
    Callable<KeyRotation> rotateSigningKey,
    LongSupplier acceptDatabase) {}
