/// The server that proxies every request, as a gateway does.
@NullMarked
package dev.gatehouse.http.proxy;

import org.jspecify.annotations.NullMarked;
