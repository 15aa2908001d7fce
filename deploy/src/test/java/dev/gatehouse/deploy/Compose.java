package dev.gatehouse.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The containers of Gatehouse in `compose.yaml`.
record Compose(JsonNode tree) {
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

  static Compose read() throws IOException {
    return new Compose(new YAMLMapper().readTree(Files.readString(Path.of("..", "compose.yaml"))));
  }

  /// A service with its merged values: `<<: *name` is resolved by name from `x-name`.
  JsonNode service(String name) {
    return merged(tree.at("/services/" + name));
  }

  /// The services that run the image of Gatehouse.
  List<String> ours() {
    return tree.path("services")
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> service(name).path("image").asString("").contains("GATEHOUSE_IMAGE"))
        .toList();
  }

  /// The services that run this command.
  List<String> running(String command) {
    return ours().stream()
        .filter(name -> service(name).at("/command/0").asString("").equals(command))
        .toList();
  }

  /// The environment of a service without external variables.
  Map<String, String> environment(String name) {
    Map<String, String> environment = new TreeMap<>();
    service(name)
        .path("environment")
        .forEachEntry(
            (key, value) ->
                environment.put(key, DEFAULT.matcher(value.asString()).replaceAll("$1")));
    return environment;
  }

  private JsonNode merged(JsonNode service) {
    if (!service.has("<<")) {
      return service;
    }
    var whole = (ObjectNode) merged(tree.path("x-" + service.path("<<").asString())).deepCopy();
    service.forEachEntry(
        (key, value) -> {
          if (!key.equals("<<")) {
            whole.set(key, value);
          }
        });
    return whole;
  }
}
