package dev.gatehouse.http;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// The value of `Allow`.
public final class Methods {
  private static final String KNOWN =
      allowed(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));

  private Methods() {}

  static String allowed(Collection<String> methods) {
    var sorted = new TreeSet<>(methods);
    sorted.add("OPTIONS");
    return String.join(", ", sorted);
  }

  /// The response to `OPTIONS *`: what the server as a whole can do.
  public static Response ofServer() {
    return Response.noContent().withHeader(HeaderNames.ALLOW, KNOWN);
  }
}
