/**
 * The REST API under {@code /api/v1}: resources that take a request and give an answer, a table of
 * operations, and the routes made of it. Reads views and asks ports; decides nothing and keeps
 * nothing but caches.
 */
@NullMarked
package dev.sluice.app.rest;

import org.jspecify.annotations.NullMarked;
