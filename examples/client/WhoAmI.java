import dev.gatehouse.client.ServiceResponse;
import dev.gatehouse.client.ServiceClient;
import dev.gatehouse.client.ServiceRequest;
import dev.gatehouse.client.TokenVerifier;
import dev.gatehouse.discovery.FixedInstances;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Registers someone, signs in, and verifies the access token without asking anybody.
///
/// Arguments: the instances as `host:port,host:port`, and the issuer of their tokens.
final class WhoAmI {
  public static void main(String[] arguments) throws Exception {
    String instances = arguments[0];
    String issuer = arguments[1];
    String email = "ada-%s@example.com".formatted(UUID.randomUUID());
    try (var known = FixedInstances.parse(instances);
        var service =
            ServiceClient.of(
                known.watch(""), UpstreamClusterSettings.of(Policy.ROUND_ROBIN), Duration.ofSeconds(10))) {
      ServiceResponse registered =
          service.send(post("/v1/users", email).idempotencyKey(UUID.randomUUID().toString()));
      System.out.println("registered: " + registered.status());

      ServiceResponse session = service.send(post("/v1/sessions", email));
      String token = session.body().replaceFirst("(?s).*\"access_token\":\"([^\"]*)\".*", "$1");

      var verifier = new TokenVerifier(service, issuer, "gatehouse", Optional.empty());
      System.out.println("the token says: " + verifier.verify(token).user());

      ServiceResponse me = service.send(ServiceRequest.get("/v1/users/me").bearing(token));
      System.out.println("the service says: " + me.body());
    }
  }

  private static ServiceRequest post(String path, String email) {
    String body = "{\"email\":\"%s\",\"password\":\"correct horse battery\"}".formatted(email);
    return ServiceRequest.of("POST", path).body("application/json", body);
  }
}
