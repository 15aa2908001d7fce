package dev.gatehouse.http;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.address.ClientAddress;
import dev.gatehouse.http.body.FormBody;
import dev.gatehouse.http.body.FormDecoder;
import dev.gatehouse.http.body.JsonBody;
import dev.gatehouse.http.body.StrictJson;
import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A valid request with its whole body. Used by one thread at a
/// time.
public final class Request {
  private final String method;
  private final String path;
  private final RouteMatch match;
  private final Map<String, String> query;
  private final MultiMap headers;
  private final byte[] body;
  private final String requestId;
  private final ClientAddress client;
  private Principal principal = Principal.ANONYMOUS;
  private @Nullable Done done;

  private record Done(Class<?> type, Object result, @Nullable Done before) {}

  public Request(
      String method,
      String path,
      RouteMatch match,
      Map<String, String> query,
      MultiMap headers,
      byte[] body,
      String requestId,
      ClientAddress client) {
    this.method = method;
    this.path = path;
    this.match = match;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.requestId = requestId;
    this.client = client;
  }

  /// The method, in capitals.
  public String method() {
    return method;
  }

  /// The path as the client wrote it, without the query.
  public String path() {
    return path;
  }

  /// The route that the request found.
  public Route route() {
    return match.route();
  }

  /// What represents a named segment of the route's template, decoded, never empty.
  ///
  /// @throws IllegalArgumentException when the template has no such segment
  public String pathParameter(String name) {
    return match.parameter(name);
  }

  /// A query parameter the route declares, decoded.
  ///
  /// @throws IllegalArgumentException when the route does not declare it
  public Optional<String> queryParameter(String name) {
    if (!match.route().query().contains(name)) {
      throw new IllegalArgumentException("The route does not declare the parameter " + name);
    }
    return Optional.ofNullable(query.get(name));
  }

  /// A header field that may be given once.
  ///
  /// @throws Refusal `MALFORMED_REQUEST` when it is there more than once
  public Optional<String> header(CharSequence name) {
    String value = headers.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (headers.getAll(name).size() > 1) {
      throw new Refusal(ErrorCode.MALFORMED_REQUEST, "A header field is given more than once.");
    }
    return Optional.of(value);
  }

  /// The body, possibly empty; callers must not change it.
  public byte[] body() {
    return body;
  }

  /// Reads the body as a JSON object.
  ///
  /// @param picker asks for every field the call knows and puts them together; see [JsonBody]
  /// @throws GatehouseException `MALFORMED_REQUEST` or `INVALID_FIELDS`
  public <T> T json(Function<JsonBody, T> picker) {
    return JsonBody.read(StrictJson.object(body), picker);
  }

  /// Reads the body as a form.
  ///
  /// @throws Refusal `MALFORMED_REQUEST`
  public FormBody form() {
    return new FormBody(FormDecoder.decode(body));
  }

  /// Who is calling.
  public Principal principal() {
    return principal;
  }

  /// Ties the log lines of one request together: the client's own id, or a generated one.
  public String requestId() {
    return requestId;
  }

  /// The client's address in text form.
  public String clientAddress() {
    return client.text();
  }

  /// What counts as one client when requests are counted: an IPv4 address, or the /64 an IPv6
  /// address is in; see [IpAddress#network].
  public long clientNetwork() {
    return client.network();
  }

  /// Computes a result once, however often the request passes its filters.
  ///
  /// @param type of the result, by which it is found again
  public <T> T once(Class<T> type, Function<? super Request, ? extends T> work) {
    for (Done each = done; each != null; each = each.before()) {
      if (each.type() == type) {
        return type.cast(each.result());
      }
    }
    T result = work.apply(this);
    done = new Done(type, result, done);
    return result;
  }

  /// What the client says it is, possibly empty.
  public String userAgent() {
    return Optional.ofNullable(headers.get(HeaderNames.USER_AGENT)).orElse("");
  }

  void identify(Principal known) {
    principal = known;
  }
}
