/// Every behaviour of the server, seen from a socket.
@NullMarked
package dev.gatehouse.http;

import org.jspecify.annotations.NullMarked;
