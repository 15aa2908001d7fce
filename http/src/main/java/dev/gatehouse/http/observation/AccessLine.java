package dev.gatehouse.http.observation;

/// The fields of one line in the access log. It has the template of the path instead of the path,
/// which may name people.
///
/// @param method of the route, `OTHER` for requests that found none
/// @param path the template, `other` for requests that found no route
/// @param status of the response; 499 when the client left before it
/// @param micros from the head of the request to the response
/// @param client the address in text form
public record AccessLine(
    String method,
    String path,
    int status,
    long micros,
    String requestId,
    String client,
    TraceContext trace) {}
