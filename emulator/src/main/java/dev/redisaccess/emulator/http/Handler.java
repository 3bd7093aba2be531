package dev.redisaccess.emulator.http;

/** Returns the response to a request. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
