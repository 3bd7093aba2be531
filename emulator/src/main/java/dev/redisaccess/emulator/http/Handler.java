package dev.redisaccess.emulator.http;

/** Answers a request. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
