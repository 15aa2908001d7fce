/// Sessions and refresh tokens: values, the store, listing, signing out and revocation.
package dev.gatehouse.accounts.session;
