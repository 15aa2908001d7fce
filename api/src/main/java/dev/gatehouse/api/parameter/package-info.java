/// Path and query parameters.
@NullMarked
package dev.gatehouse.api.parameter;

import org.jspecify.annotations.NullMarked;
