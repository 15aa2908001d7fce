/// Signed access tokens, the chain of refresh tokens, and the keys behind both. Start at [Tokens].
@NullMarked
package dev.gatehouse.tokens;

import org.jspecify.annotations.NullMarked;
