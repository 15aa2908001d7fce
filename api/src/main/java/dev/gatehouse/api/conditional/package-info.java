/// Conditional requests (RFC 9110, 13): entity tags, and answers that need not be sent again.
@NullMarked
package dev.gatehouse.api.conditional;

import org.jspecify.annotations.NullMarked;
