/// JSON bodies: reading requests and writing responses.
@NullMarked
package dev.gatehouse.api.body;

import org.jspecify.annotations.NullMarked;
