package dev.gatehouse.http;

import java.util.Collection;
import java.util.TreeSet;

/// The value of `Allow`.
final class Methods {
  private Methods() {}

  static String allowed(Collection<String> methods) {
    var sorted = new TreeSet<>(methods);
    sorted.add("OPTIONS");
    return String.join(", ", sorted);
  }
}
