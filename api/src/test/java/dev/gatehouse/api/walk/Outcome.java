package dev.gatehouse.api.walk;

/// One way in which an operation can end.
///
/// @param code the error's code, empty where the response is none
public record Outcome(String operation, int status, String code) implements Comparable<Outcome> {
  @Override
  public int compareTo(Outcome other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return "%s -> %d %s".formatted(operation, status, code).strip();
  }
}
