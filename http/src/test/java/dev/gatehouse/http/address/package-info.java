@NullMarked
package dev.gatehouse.http.address;

import org.jspecify.annotations.NullMarked;
