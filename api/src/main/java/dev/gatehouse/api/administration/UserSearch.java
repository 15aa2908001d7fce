package dev.gatehouse.api.administration;

import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.EmailPrefix;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.api.body.JsonWriter;
import dev.gatehouse.api.parameter.Cursors;
import dev.gatehouse.api.user.UserJson;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/// What the search of users takes and gives.
final class UserSearch {
  static final String[] PARAMETERS = {"email", "prefix", "status", "limit", "cursor"};

  private static final int USUAL_LIMIT = 50;

  private UserSearch() {}

  /// @throws InvalidFields naming every parameter at fault
  static UserQuery query(Request request) {
    var faults = new ArrayList<FieldError>();
    Optional<EmailAddress> email = read(request, "email", EmailAddress::parse, faults);
    Optional<EmailPrefix> prefix = read(request, "prefix", EmailPrefix::parse, faults);
    Optional<UserStatus> status = read(request, "status", UserStatus::parse, faults);
    Optional<Integer> limit = read(request, "limit", UserSearch::limit, faults);
    boolean byAddress = request.queryParameter("prefix").isPresent();
    Optional<UserQuery.Position> after =
        read(request, "cursor", cursor -> Cursors.read(cursor, byAddress), faults);
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
    return new UserQuery(email, prefix, status, limit.orElse(USUAL_LIMIT), after);
  }

  static byte[] json(SearchUsers.Page page) {
    return JsonWriter.object(json -> write(json, page));
  }

  private static void write(JsonGenerator json, SearchUsers.Page page) {
    json.writeArrayPropertyStart("items");
    for (User user : page.users()) {
      json.writeStartObject();
      UserJson.write(json, user);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeName("next_cursor");
    json.writeString(page.next().map(Cursors::write).orElse(null));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= UserQuery.MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      throw invalidLimit();
    }
    throw invalidLimit();
  }

  private static InvalidFields invalidLimit() {
    return InvalidFields.of("limit", "invalid", "It is a number from 1 to 200.");
  }

  private static <T> Optional<T> read(
      Request request, String name, Function<String, T> reader, List<FieldError> faults) {
    try {
      return request.queryParameter(name).map(reader);
    } catch (InvalidFields invalid) {
      faults.addAll(invalid.errors());
      return Optional.empty();
    }
  }
}
