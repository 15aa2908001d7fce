package dev.gatehouse.http.observation;

/// What the access log says of one answer. Holds the template of the path, not the path, since that
/// may name people.
///
/// @param method of the route, `OTHER` for requests that found none
/// @param path the template, `other` for requests that found no route
/// @param status what was sent; 499 when the client was gone before
/// @param micros from the head of the request to here
/// @param client the address in text form
public record AccessLine(
    String method,
    String path,
    int status,
    long micros,
    String requestId,
    String client,
    TraceContext trace) {}
