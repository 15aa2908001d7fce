/// What administrators do with the accounts of others.
package dev.gatehouse.accounts.administration;
