/// The server: routes, the way of a request through shape checks, filters and handler, strict
/// readers of bodies, and problem responses. Knows nothing of users beyond who is calling.
@NullMarked
package dev.gatehouse.http;

import org.jspecify.annotations.NullMarked;
