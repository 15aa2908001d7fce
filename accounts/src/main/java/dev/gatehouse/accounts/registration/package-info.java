/// Registration, also repeated under an idempotency key.
package dev.gatehouse.accounts.registration;
