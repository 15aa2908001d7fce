/// What the two servers have in common: listeners, connections, the validation of requests, and the
/// way out of every response. For the packages of this module alone.
@NullMarked
package dev.gatehouse.http.internal;

import org.jspecify.annotations.NullMarked;
