/// TLS: certificates, reloaded when their files change, and protocol settings.
@NullMarked
package dev.gatehouse.http.tls;

import org.jspecify.annotations.NullMarked;
