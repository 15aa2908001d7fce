/// Token introspection, signing keys and the discovery document.
@NullMarked
package dev.gatehouse.api.token;

import org.jspecify.annotations.NullMarked;
