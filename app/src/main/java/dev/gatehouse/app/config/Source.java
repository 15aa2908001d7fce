package dev.gatehouse.app.config;

/// Where an effective value comes from.
public enum Source {
  ENVIRONMENT,
  FILE,
  DEFAULT
}
