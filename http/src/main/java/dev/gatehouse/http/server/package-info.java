/// The server that handles requests by routes: dispatch, filters, and the way from a request to its
/// handler.
@NullMarked
package dev.gatehouse.http.server;

import org.jspecify.annotations.NullMarked;
