/// `/v1/users/me`.
@NullMarked
package dev.gatehouse.api.profile;

import org.jspecify.annotations.NullMarked;
