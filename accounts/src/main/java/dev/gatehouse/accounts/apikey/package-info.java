/// API keys: values, the store, creating, revoking and authenticating with them.
package dev.gatehouse.accounts.apikey;
