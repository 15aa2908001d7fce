package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.user.DisplayName;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserRecord;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import java.util.ArrayList;
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
  static final String BEGINNING = "{\"%s\":\"".formatted(Field.ID.label());

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
            text(object, Field.ID, faults),
            text(object, Field.EMAIL, faults),
            text(object, Field.DISPLAY_NAME, faults),
            value(object, Field.EMAIL_VERIFIED, JsonNode::isBoolean, "true or false", faults)
                .map(JsonNode::booleanValue),
            text(object, Field.STATUS, faults),
            value(object, Field.ROLES, JsonRecords::isListOfStrings, "a list of strings", faults)
                .map(JsonRecords::texts)
                .orElse(List.of()),
            text(object, Field.PASSWORD_HASH, faults),
            text(object, Field.CREATED_AT, faults));
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
    object.put(Field.ID.label(), user.id().toString());
    object.put(Field.EMAIL.label(), user.email().value());
    user.displayName()
        .map(DisplayName::value)
        .ifPresent(name -> object.put(Field.DISPLAY_NAME.label(), name));
    object.put(Field.EMAIL_VERIFIED.label(), user.emailVerified());
    object.put(Field.STATUS.label(), user.status().label());
    var roles = object.putArray(Field.ROLES.label());
    user.roles().stream().map(Role::name).sorted().forEach(roles::add);
    object.put(Field.CREATED_AT.label(), user.createdAt().toString());
    hash.ifPresent(written -> object.put(Field.PASSWORD_HASH.label(), written));
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
