/// Rate limits: token buckets per client address, per account, and per pair of both, the filter
/// that applies them to requests, and the port that protects passwords. Memory is bounded, whatever
/// clients send.
@NullMarked
package dev.gatehouse.limits;

import org.jspecify.annotations.NullMarked;
