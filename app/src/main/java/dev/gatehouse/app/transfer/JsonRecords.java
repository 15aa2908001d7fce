package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserRecord;
import dev.gatehouse.app.transfer.Field.Account;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Users as JSON objects.
final class JsonRecords implements RecordReader, RecordWriter {
  /// How every line begins that is written here.
  static final String BEGINNING = "{\"%s\":\"".formatted(Account.ID.label());

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Override
  public UserRecord read(String line) {
    var faults = new ArrayList<FieldError>();
    JsonNode object = object(line);
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      if (Field.find(property.getKey()).isEmpty()) {
        String shown = Field.shown(property.getKey());
        faults.add(new FieldError(shown, "unknown", "The field is not known here."));
      }
    }
    var record =
        new UserRecord(
            text(object, Account.ID, faults),
            text(object, Account.EMAIL, faults),
            profile(object, faults),
            value(object, Account.EMAIL_VERIFIED, JsonNode::isBoolean, "true or false", faults)
                .map(JsonNode::booleanValue),
            text(object, Account.STATUS, faults),
            value(object, Account.ROLES, JsonRecords::isListOfStrings, "a list of strings", faults)
                .map(JsonRecords::texts)
                .orElse(List.of()),
            text(object, Account.PASSWORD_HASH, faults),
            text(object, Account.CREATED_AT, faults));
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
    return record;
  }

  @Override
  public String header() {
    return "";
  }

  @Override
  public String line(User user, Optional<String> hash) {
    ObjectNode object = JSON.createObjectNode();
    object.put(Account.ID.label(), user.id().toString());
    object.put(Account.EMAIL.label(), user.email().value());
    for (Profile.Field field : Profile.Field.values()) {
      user.profile().text(field).ifPresent(text -> object.put(field.label(), text));
    }
    object.put(Account.EMAIL_VERIFIED.label(), user.emailVerified());
    object.put(Account.STATUS.label(), user.status().label());
    var roles = object.putArray(Account.ROLES.label());
    user.roles().stream().map(Role::name).sorted().forEach(roles::add);
    object.put(Account.CREATED_AT.label(), user.createdAt().toString());
    hash.ifPresent(written -> object.put(Account.PASSWORD_HASH.label(), written));
    return object + "\n";
  }

  private static JsonNode object(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException notJson) {
      throw notAnObject();
    }
    throw notAnObject();
  }

  private static ProfileInput profile(JsonNode object, List<FieldError> faults) {
    var fields = new EnumMap<Profile.Field, Optional<String>>(Profile.Field.class);
    for (Profile.Field field : Profile.Field.values()) {
      fields.put(field, text(object, new Field.InProfile(field), faults));
    }
    return new ProfileInput(fields);
  }

  private static Optional<String> text(JsonNode object, Field field, List<FieldError> faults) {
    return value(object, field, JsonNode::isString, "a string", faults).map(JsonNode::stringValue);
  }

  private static Optional<JsonNode> value(
      JsonNode object,
      Field field,
      Predicate<JsonNode> fits,
      String expected,
      List<FieldError> faults) {
    JsonNode value = object.path(field.label());
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!fits.test(value)) {
      String message = "The field must be " + expected + ".";
      faults.add(new FieldError(field.label(), "wrong_type", message));
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private static boolean isListOfStrings(JsonNode node) {
    return node.isArray() && node.valueStream().allMatch(JsonNode::isString);
  }

  private static List<String> texts(JsonNode array) {
    Function<JsonNode, String> text = JsonNode::stringValue;
    return array.valueStream().map(text).toList();
  }

  private static InvalidFields notAnObject() {
    return InvalidFields.of("line", "invalid", "It is not one JSON object with each field once.");
  }
}
