package dev.gatehouse.api.walk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// Sends calls to one server.
public final class Calls implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;

  public Calls(URI base) {
    this.base = base;
  }

  public CallResponse send(Call call) {
    var publisher =
        call.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body());
    var request =
        HttpRequest.newBuilder(base.resolve(call.path()))
            .method(call.method(), publisher)
            .timeout(Duration.ofSeconds(30));
    call.headers().forEach(request::setHeader);
    try {
      return new CallResponse(call, client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException failed) {
      throw new UncheckedIOException(call.operation(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// Sends all of them at once.
  ///
  /// @return the responses, in the order of the calls
  List<CallResponse> sendTogether(List<Call> all) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return all.stream()
          .map(call -> CompletableFuture.supplyAsync(() -> send(call), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
