/// The record of security events: what happened, who caused it, and from where.
package dev.gatehouse.accounts.audit;
