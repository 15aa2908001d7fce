/// Registration and reading users.
@NullMarked
package dev.gatehouse.api.user;

import org.jspecify.annotations.NullMarked;
