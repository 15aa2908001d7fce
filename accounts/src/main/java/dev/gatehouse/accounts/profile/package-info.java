/// What users do with their own account: profile, password and deletion.
package dev.gatehouse.accounts.profile;
