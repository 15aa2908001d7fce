/// The calls of version 1: one class per resource, each offering its routes, and the forms in which
/// users and sessions are sent. Knows HTTP and the use cases, no store and no key.
@NullMarked
package dev.gatehouse.api;

import org.jspecify.annotations.NullMarked;
