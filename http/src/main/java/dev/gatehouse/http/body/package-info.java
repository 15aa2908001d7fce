/// Request and response bodies: strict JSON, forms and media types.
@NullMarked
package dev.gatehouse.http.body;

import org.jspecify.annotations.NullMarked;
