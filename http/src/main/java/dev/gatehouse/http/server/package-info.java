/// The server itself: listeners, connections, dispatch, filters and the relay of a gateway.
@NullMarked
package dev.gatehouse.http.server;

import org.jspecify.annotations.NullMarked;
