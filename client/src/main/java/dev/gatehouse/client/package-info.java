/// For applications that use Gatehouse: calls its instances directly, as the gateway would, and
/// verifies access tokens without asking for each.
@NullMarked
package dev.gatehouse.client;

import org.jspecify.annotations.NullMarked;
