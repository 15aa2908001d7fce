/// Other people's frameworks against the packed program, as their users would set them up.
@NullMarked
package dev.gatehouse.interop;

import org.jspecify.annotations.NullMarked;
