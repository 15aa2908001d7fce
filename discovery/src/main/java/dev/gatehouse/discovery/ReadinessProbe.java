package dev.gatehouse.discovery;

import dev.gatehouse.resilience.HostNames;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Asks an instance whether it is ready.
@FunctionalInterface
interface ReadinessProbe extends AutoCloseable {
  /// Begins to ask. What this throws counts as no response.
  ///
  /// @return the status of the response, in time or never
  CompletableFuture<Integer> ask(Instance instance);

  /// Ends questions under way.
  @Override
  default void close() {}

  /// By HTTP, at `/ready`.
  static ReadinessProbe overHttp(Duration timeout) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return new ReadinessProbe() {
      @Override
      public CompletableFuture<Integer> ask(Instance instance) {
        HttpRequest request = HttpRequest.newBuilder(callable(instance)).timeout(timeout).build();
        return client
            .sendAsync(request, BodyHandlers.discarding())
            .thenApply(response -> response.statusCode());
      }

      private static URI callable(Instance instance) {
        try {
          return HostNames.callable(instance.url("/ready"));
        } catch (UnknownHostException unknown) {
          throw new UncheckedIOException(unknown);
        }
      }

      @Override
      public void close() {
        client.shutdownNow();
      }
    };
  }
}
