package dev.gatehouse.deploy;

import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// One rendered object.
record Manifest(JsonNode tree) {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  String kind() {
    return tree.path("kind").asString();
  }

  String name() {
    return tree.at("/metadata/name").asString();
  }

  /// The class of the Kubernetes API: `V1Deployment` for `apps/v1 Deployment`.
  Class<?> model() throws ClassNotFoundException {
    String apiVersion = tree.path("apiVersion").asString();
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    return Class.forName(MODELS + version.toUpperCase(Locale.ROOT) + kind());
  }

  /// Fails when a field is unknown or missing, anywhere in the object.
  void validate() throws ReflectiveOperationException {
    var element = JsonParser.parseString(tree.toString());
    model()
        .getMethod("validateJsonElement", com.google.gson.JsonElement.class)
        .invoke(null, element);
  }

  /// The object as an instance of its class; fails when a value has the wrong type.
  <T> T as(Class<T> type) {
    return JSON.getGson().fromJson(tree.toString(), type);
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
