/// Who may call which operation.
@NullMarked
package dev.gatehouse.api.access;

import org.jspecify.annotations.NullMarked;
