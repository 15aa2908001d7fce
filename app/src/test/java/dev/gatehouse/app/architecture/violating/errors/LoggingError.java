package dev.gatehouse.app.architecture.violating.errors;

import org.slf4j.Logger;

/// An error that knows a library.
public record LoggingError(Logger log) {}
