package dev.gatehouse.api.conditional;

import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Request;
import java.util.List;

/// The precondition `If-None-Match` of a read (RFC 9110, 13.1.2): which representations the client
/// already has.
///
/// @param any whether it was `*`
public record IfNoneMatch(boolean any, List<String> tags) {
  private static final String FIELD = "If-None-Match";
  private static final CharSequence NAME = HeaderNames.of("if-none-match");
  private static final IfNoneMatch ABSENT = new IfNoneMatch(false, List.of());

  /// The precondition of a request.
  ///
  /// @throws Refusal `MALFORMED_REQUEST`
  public static IfNoneMatch of(Request request) {
    return request.header(NAME).map(IfNoneMatch::parse).orElse(ABSENT);
  }

  static IfNoneMatch parse(String value) {
    if (value.strip().equals("*")) {
      return new IfNoneMatch(true, List.of());
    }
    // Weak comparison: a weak tag is as good as a strong one here.
    return new IfNoneMatch(
        false, EntityTag.list(FIELD, value).stream().map(EntityTag::quoted).toList());
  }

  /// Whether the client has the representation with this tag.
  public boolean covers(String tag) {
    return any || tags.contains(tag);
  }
}
