package dev.gatehouse.gateway;

import dev.gatehouse.http.proxy.ProxiedExchange;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;

/// The head of a request to an instance: the client's own fields, and what the gateway knows of the
/// client.
final class RequestHead {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private RequestHead() {}

  static void write(ProxiedExchange exchange, UpstreamCall attempt, HttpClientRequest out) {
    var in = exchange.http();
    var headers = out.headers();
    HeaderFields.copyRequest(in.headers(), headers);
    String host = exchange.host();
    if (!host.isEmpty()) {
      headers.add(HttpHeaders.HOST, host);
      headers.add(HeaderFields.FORWARDED_HOST, host);
    }
    headers.add(HeaderFields.FORWARDED_FOR, exchange.clientAddress());
    headers.add(HeaderFields.FORWARDED_PROTO, in.isSSL() ? HeaderFields.HTTPS : HeaderFields.HTTP);
    headers.add(HeaderFields.REQUEST_ID, exchange.requestId());
    attempt.traceparent().ifPresent(parent -> headers.set(HeaderFields.TRACEPARENT, parent));
    headers.add(HeaderFields.REQUEST_TIMEOUT, Long.toString(millisLeft(exchange)));
  }

  /// All the time there is, whatever the attempt's share: if it is given up before, its connection
  /// is closed. Rounded up, so that no instance says that the time is over before it is.
  private static long millisLeft(ProxiedExchange exchange) {
    Duration left = exchange.deadline().remainingAtMost(LONGEST);
    return Math.max(1, left.plusNanos(NANOS_PER_MILLI - 1).toMillis());
  }
}
