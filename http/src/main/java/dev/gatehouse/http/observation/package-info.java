/// What a server reports of its requests to the access log, metrics and traces.
@NullMarked
package dev.gatehouse.http.observation;

import org.jspecify.annotations.NullMarked;
