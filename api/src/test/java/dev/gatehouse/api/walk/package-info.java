/// A walk through the description of a running server: every outcome it promises is brought about
/// by a real call and compared with what it says.
@NullMarked
package dev.gatehouse.api.walk;

import org.jspecify.annotations.NullMarked;
