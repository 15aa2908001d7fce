/// Addresses of clients: how they are written, which of them belong to proxies we believe, and what
/// those proxies say of whom they serve.
@NullMarked
package dev.gatehouse.http.address;

import org.jspecify.annotations.NullMarked;
