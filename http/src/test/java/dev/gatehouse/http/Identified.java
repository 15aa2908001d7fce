package dev.gatehouse.http;

/// Admits every caller who is identified.
public record Identified() implements Guard {
  @Override
  public boolean open() {
    return false;
  }

  @Override
  public boolean permits(Request request) {
    return !request.principal().equals(Principal.ANONYMOUS);
  }
}
