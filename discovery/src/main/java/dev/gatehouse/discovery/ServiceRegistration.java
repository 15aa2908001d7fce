package dev.gatehouse.discovery;

import java.net.URI;
import java.util.function.BooleanSupplier;

/// What an instance says about itself.
///
/// @param service the name others watch
/// @param instance where it is reached
/// @param check where it responds whether it is ready, with 200 if so
/// @param ready the same asked inside the process: one that is registered again while it is not
///     ready must not be sent requests. Must respond at once
public record ServiceRegistration(
    String service, Instance instance, URI check, BooleanSupplier ready) {}
