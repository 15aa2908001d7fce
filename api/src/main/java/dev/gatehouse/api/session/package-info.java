/// `/v1/sessions`.
@NullMarked
package dev.gatehouse.api.session;

import org.jspecify.annotations.NullMarked;
