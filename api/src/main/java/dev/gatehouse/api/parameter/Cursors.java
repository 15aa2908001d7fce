package dev.gatehouse.api.parameter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.UserQuery.Position;
import dev.gatehouse.errors.InvalidFields;
import java.util.Base64;
import java.util.UUID;

/// Writes positions down for clients to bring back. A cursor that someone made up is harmless: it
/// is a place to go on from and grants nothing.
public final class Cursors {
  private static final char ID = 'i';
  private static final char ADDRESS = 'a';
  private static final int MAX_CHARACTERS = 2048;

  private Cursors() {}

  public static String write(Position position) {
    String text =
        switch (position) {
          case Position.Id(var id) -> ID + id.toString();
          case Position.Address(String compared) -> ADDRESS + compared;
        };
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /// Reads the cursor that an earlier page returned.
  ///
  /// @param byAddress whether the query's order is that of addresses
  /// @throws InvalidFields when it is none, or one of another order
  public static Position read(String cursor, boolean byAddress) {
    try {
      if (cursor.isEmpty() || cursor.length() > MAX_CHARACTERS) {
        throw invalid();
      }
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      Position position = position(text);
      if (!position.fits(byAddress) || text.indexOf('\0') >= 0) {
        throw invalid();
      }
      return position;
    } catch (IllegalArgumentException garbled) {
      throw invalid();
    }
  }

  private static Position position(String text) {
    String rest = text.isEmpty() ? "" : text.substring(1);
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case ID -> new Position.Id(new UserId(UUID.fromString(rest)));
      case ADDRESS -> new Position.Address(rest);
      default -> throw invalid();
    };
  }

  private static InvalidFields invalid() {
    return InvalidFields.of("cursor", "invalid", "It is no cursor of this search.");
  }
}
