/// What administrators do with users.
@NullMarked
package dev.gatehouse.api.administration;

import org.jspecify.annotations.NullMarked;
