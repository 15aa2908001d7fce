package dev.gatehouse.api.walk;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A YAML document with references inside itself and JSON schemas in it.
///
/// @param root the document as a tree
/// @param schemas validates against schemas at places in it
record Document(JsonNode root, SchemaRegistry schemas) {
  private static final String LOCATION = "https://gatehouse.example/openapi";

  static Document parse(String yaml) {
    JsonNode root = new YAMLMapper().readTree(yaml);
    String json = new JsonMapper().writeValueAsString(root);
    var config = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    var schemas =
        SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            builder -> builder.schemaRegistryConfig(config).schemas(Map.of(LOCATION, json)));
    return new Document(root, schemas);
  }

  JsonNode at(JsonPointer place) {
    return root.at(place);
  }

  /// The place a place refers to, or itself.
  JsonPointer target(JsonPointer place) {
    JsonNode reference = root.at(place).path("$ref");
    return reference.isMissingNode()
        ? place
        : JsonPointer.compile(reference.stringValue().substring(1));
  }

  /// A node, or the one it refers to.
  JsonNode resolved(JsonNode node) {
    return node.has("$ref")
        ? root.at(JsonPointer.compile(node.required("$ref").stringValue().substring(1)))
        : node;
  }

  /// What is wrong with a value by the schema at a place.
  List<String> faults(JsonPointer schema, JsonNode value) {
    Schema found = schemas.getSchema(SchemaLocation.of(LOCATION + "#" + schema));
    return found.validate(value.toString(), InputFormat.JSON).stream()
        .map(Object::toString)
        .toList();
  }

  /// The places of all bodies.
  List<JsonPointer> mediaTypes() {
    var places = new ArrayList<JsonPointer>();
    collect(root, JsonPointer.empty(), places);
    return places;
  }

  private static void collect(JsonNode node, JsonPointer place, List<JsonPointer> places) {
    for (Map.Entry<String, JsonNode> child : node.properties()) {
      JsonPointer at = place.appendProperty(child.getKey());
      if (child.getKey().equals("content") && child.getValue().isObject()) {
        child.getValue().propertyNames().forEach(type -> places.add(at.appendProperty(type)));
      }
      collect(child.getValue(), at, places);
    }
  }
}
