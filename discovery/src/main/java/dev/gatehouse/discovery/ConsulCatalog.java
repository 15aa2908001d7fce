package dev.gatehouse.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Consul's instances in our words. The zone and the weight are the tags `zone=` and `weight=`, the
/// weight without one Consul's own; the incarnation is in the service's metadata.
final class ConsulCatalog {
  static final String INCARNATION = "incarnation";

  private static final Logger log = LoggerFactory.getLogger(ConsulCatalog.class);
  private static final String ZONE = "zone=";
  private static final String WEIGHT = "weight=";

  private final JsonMapper json = JsonMapper.builder().build();
  private final ConsulHttp consul;
  private final ConsulSettings settings;

  ConsulCatalog(ConsulHttp consul, ConsulSettings settings) {
    this.consul = consul;
    this.settings = settings;
  }

  /// What Consul knows of a service.
  ///
  /// @param index of Consul's state
  record Healthy(long index, List<Instance> instances) {}

  /// The instances that pass their checks. With an index the query waits until something changed.
  ///
  /// @param index of the last response, 0 for a response at once
  /// @param wait how long Consul may hold the query
  Healthy healthy(String service, long index, Duration wait)
      throws ConsulUnavailable, InterruptedException {
    String path = "/v1/health/service/" + encoded(service) + "?passing=true";
    if (index == 0) {
      return healthy(consul.get(path, settings.callTimeout()));
    }
    String held = path + "&index=" + index + "&wait=" + Math.max(1, wait.toMillis()) + "ms";
    return healthy(consul.get(held, responseTimeout(wait)));
  }

  /// Consul adds up to a sixteenth to the wait, so that not all watches return at once.
  private Duration responseTimeout(Duration wait) {
    return wait.plus(wait.dividedBy(16)).plus(settings.callTimeout());
  }

  /// Whether the agent has an instance registered.
  boolean knows(Instance instance) throws ConsulUnavailable, InterruptedException {
    ConsulResponse response =
        consul.get("/v1/agent/service/" + encoded(instance.id()), settings.callTimeout());
    if (response.status() == 404) {
      return false;
    }
    expectOk(response);
    return true;
  }

  /// Registers an instance with its check.
  ///
  /// @param ready what Consul is to believe until it has asked
  void register(ServiceRegistration announcement, boolean ready)
      throws ConsulUnavailable, InterruptedException {
    String body = json.writeValueAsString(registration(announcement, ready));
    expectOk(
        consul.put(
            "/v1/agent/service/register?replace-existing-checks=true",
            body,
            settings.callTimeout()));
  }

  /// Takes an instance off the registry, also when Consul failed a moment ago.
  void deregister(Instance instance) throws ConsulUnavailable, InterruptedException {
    String path = "/v1/agent/service/deregister/" + encoded(instance.id());
    ConsulResponse response = consul.putRegardless(path, settings.callTimeout());
    if (response.status() != 404) {
      expectOk(response);
    }
  }

  private Map<String, Object> registration(ServiceRegistration announcement, boolean ready) {
    Instance instance = announcement.instance();
    Map<String, Object> body = new HashMap<>();
    body.put("ID", instance.id());
    body.put("Name", announcement.service());
    body.put("Address", instance.host());
    body.put("Port", instance.port());
    body.put("Tags", tags(instance));
    body.put("Meta", Map.of(INCARNATION, instance.incarnation()));
    body.put("Weights", Map.of("Passing", instance.weight(), "Warning", 1));
    body.put("Check", check(announcement, ready));
    return body;
  }

  private static List<String> tags(Instance instance) {
    List<String> tags = new ArrayList<>(List.of(WEIGHT + instance.weight()));
    instance.zone().ifPresent(zone -> tags.add(ZONE + zone));
    return tags;
  }

  /// Consul takes a new check for failed until it ran, up to ten seconds later. The instance knows
  /// better.
  private Map<String, Object> check(ServiceRegistration announcement, boolean ready) {
    return Map.of(
        "HTTP",
        announcement.check().toString(),
        "Method",
        "GET",
        "Interval",
        settings.checkEvery().toMillis() + "ms",
        "Timeout",
        settings.checkTimeout().toMillis() + "ms",
        "DeregisterCriticalServiceAfter",
        settings.deregisterAfter().toSeconds() + "s",
        "Status",
        ready ? "passing" : "critical");
  }

  private Healthy healthy(ConsulResponse response) throws ConsulUnavailable {
    expectOk(response);
    Map<String, Instance> byId = new HashMap<>();
    for (JsonNode entry : array(response.body())) {
      instance(entry).ifPresent(instance -> byId.put(instance.id(), instance));
    }
    Collection<Instance> instances = byId.values();
    return new Healthy(response.index(), new ArrayList<>(instances));
  }

  private JsonNode array(String body) throws ConsulUnavailable {
    try {
      JsonNode read = json.readTree(body);
      if (read.isArray()) {
        return read;
      }
    } catch (JacksonException broken) {
      throw new ConsulUnavailable("responded with broken JSON", broken);
    }
    throw new ConsulUnavailable("responded with JSON that is no list of instances");
  }

  /// One entry that makes no sense must not hide the others.
  private Optional<Instance> instance(JsonNode entry) {
    JsonNode service = entry.path("Service");
    String own = service.path("Address").asString("");
    String host = own.isEmpty() ? entry.path("Node").path("Address").asString("") : own;
    List<String> tags = service.path("Tags").valueStream().map(tag -> tag.asString("")).toList();
    try {
      return Optional.of(
          new Instance(
              service.path("ID").asString(""),
              host,
              service.path("Port").asInt(0),
              tagged(tags, ZONE),
              tagged(tags, WEIGHT).map(Integer::parseInt).orElseGet(() -> weight(service)),
              service.path("Meta").path(INCARNATION).asString("")));
    } catch (IllegalArgumentException senseless) {
      log.warn("Consul names an instance that cannot be one: {}", senseless.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<String> tagged(List<String> tags, String name) {
    return tags.stream()
        .filter(tag -> tag.startsWith(name) && tag.length() > name.length())
        .map(tag -> tag.substring(name.length()))
        .findFirst();
  }

  private static int weight(JsonNode service) {
    return Math.clamp(service.path("Weights").path("Passing").asInt(1), 1, Instance.MAXIMUM_WEIGHT);
  }

  private static void expectOk(ConsulResponse response) throws ConsulUnavailable {
    if (!response.ok()) {
      throw new ConsulUnavailable("responded with status " + response.status());
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }
}
