/// What a resource sees of the server: routes, requests and responses, filters, guards, and problem
/// responses. Knows nothing of users beyond the principal that calls.
@NullMarked
package dev.gatehouse.http;

import org.jspecify.annotations.NullMarked;
