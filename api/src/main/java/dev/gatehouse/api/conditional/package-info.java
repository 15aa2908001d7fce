/// Conditional requests (RFC 9110, 13): entity tags, and responses that need not be sent again.
@NullMarked
package dev.gatehouse.api.conditional;

import org.jspecify.annotations.NullMarked;
