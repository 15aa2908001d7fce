/// The description of the API, and the page on which it is read and tried.
@NullMarked
package dev.gatehouse.api.description;

import org.jspecify.annotations.NullMarked;
